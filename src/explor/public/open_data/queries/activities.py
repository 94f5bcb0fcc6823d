"""What is published, as activities of the IATI standard: the programme, then its missions.

A sheet that has no mission of the scheme is one activity; one that has some gives one for each.
Nothing in them names a person, nor tells a day of departure before its month is public.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import IO, Any

from django.conf import settings
from django.db.models import Func, Max, Min, Prefetch, QuerySet
from django.utils import timezone

from explor.ground.reference.queries import label, terms
from explor.journey.missions.models import Mission
from explor.journey.missions.states import standing, states_where
from explor.journey.sheets import engine as sheets
from explor.journey.sheets.models import ProjectSheet
from explor.public.directory.models import moment_of

from .. import engine
from .records import address_of
from .remarks import KEPT, Remark

PROGRAMME = "PROGRAMME"
WEB_PAGE = "B16"  # of an organisation, among the categories of documents
CHUNK = 200
STAGES = {
    "à venir": engine.Stage.PIPELINE,
    "en cours": engine.Stage.UNDER_WAY,
    "terminé": engine.Stage.CLOSED,
}
GONE = states_where(has_left=True)
BACK = states_where(has_left=True, is_over=True)
Told = tuple[engine.Activity, ProjectSheet]


NO_REF = "Le fichier IATI attend l’identifiant de qui publie (réglage EXPLOR_IATI_REF)."


def write(out: IO[bytes], remarks: list[Remark]) -> int:
    """Write every activity that our check accepts; the others are told. Returns how many."""
    if not settings.EXPLOR_IATI_REF:
        _of_the_whole(remarks, NO_REF)
        engine.write_iati([], out)
        return 0
    kept = engine.Counted(_kept(remarks))
    engine.write_iati(kept, out)
    return kept.count


def write_publisher(out: IO[bytes], remarks: list[Remark]) -> int:
    """Write the organisation file that goes with the activities; 0 when it may not be given."""
    if not settings.EXPLOR_IATI_REF:
        _of_the_whole(remarks, NO_REF)
        return 0
    page = engine.Document(url=f"{settings.EXPLOR_URL}/", title="Explor", category=WEB_PAGE)
    findings = engine.write_publisher([page], out)
    for found in findings:
        kind: Any = "left_out" if found.severity == "error" else "warning"
        _of_the_whole(remarks, f"{found.message} (règle {found.rule})", kind)
    return int(not any(found.severity == "error" for found in findings))


def _of_the_whole(remarks: list[Remark], why: str, kind: Any = "left_out") -> None:
    """A remark about a file rather than about one of its sheets."""
    remarks.append(Remark(kind=kind, text=why, title="", sheet=None, network=None))


def _kept(remarks: list[Remark]) -> Iterator[engine.Activity]:
    with_related = programme()
    if with_related is None:
        return
    yield with_related
    told = chain.from_iterable(map(activities_of, _rows().iterator(chunk_size=CHUNK)))
    while chunk := list(islice(told, CHUNK)):
        yield from checked(chunk, remarks)


def checked(chunk: list[Told], remarks: list[Remark]) -> Iterator[engine.Activity]:
    """Those that the standard accepts; the remarks say why the others do not enter the file."""
    with_related = [(activity, row) for activity, row in chunk if not activity.missing()]
    for activity, row in chunk:
        for why in activity.missing():
            _note(remarks, "left_out", f"{why[:1].upper()}{why[1:]}.", row)
    rows = {activity.number: row for activity, row in with_related}
    refused = set()
    for number, found in engine.findings_of([activity for activity, _ in with_related]):
        kind = "left_out" if found.severity == "error" else "warning"
        _note(remarks, kind, f"{found.message} (règle {found.rule})", rows[number])
        if found.severity == "error":
            refused.add(number)
    yield from (activity for activity, _ in with_related if activity.number not in refused)


def _note(remarks: list[Remark], kind: Any, text: str, row: ProjectSheet) -> None:
    if len(remarks) < KEPT:
        remarks.append(
            Remark(kind=kind, text=text, title=row.title, sheet=row.pk, network=row.network_id)
        )


def _rows() -> "QuerySet[ProjectSheet, ProjectSheet]":
    counted = states_where(is_counted=True)
    shown = Mission.objects.filter(state__in=counted).select_related("need")
    missions = Prefetch("project__needs__missions", queryset=shown.order_by("pk"))
    published = ProjectSheet.objects.published().select_related("network", "listing")
    return published.order_by("pk").prefetch_related("project__needs", missions)


def programme() -> engine.Activity | None:
    """The scheme itself, above all its missions; None while nothing is published."""
    published = ProjectSheet.objects.published()
    first = published.aggregate(start=Min("start_on"), updated=Max("listing__index_revision"))
    countries, sectors = (_distinct(published, name) for name in ("countries", "sectors"))
    if first["start"] is None or not countries or not sectors:
        return None
    return engine.Activity(
        number=PROGRAMME,
        hierarchy=1,
        title="EXPLOR",
        stage=engine.Stage.UNDER_WAY,
        description="Des compétences d’une région française, prêtées de 7 à 15 jours à des projets "
        "de solidarité internationale.",
        countries=countries[:100],
        themes=_themes(sectors),
        parties=(_party(settings.EXPLOR_PUBLISHER, engine.Role.ACCOUNTABLE),),
        start=sheets.PartialDate.from_date(first["start"]),
        documents=(engine.Document(url=f"{settings.EXPLOR_URL}/", title="Explor"),),
        updated=timezone.localdate(moment_of(first["updated"])),
    )


def _distinct(rows: "QuerySet[ProjectSheet, ProjectSheet]", column: str) -> tuple[str, ...]:
    each = rows.order_by().annotate(each=Func(column, function="unnest"))
    return tuple(sorted(each.values_list("each", flat=True).distinct()))


def activities_of(row: ProjectSheet) -> Iterator[Told]:
    """The activities of a published sheet: its missions, or itself when it has none."""
    needs = row.project.needs.all() if row.project else []
    missions = [mission for need in needs for mission in need.missions.all()]
    told = sheets.sheet_of(row.content)
    if not missions:
        yield _whole(row, told), row
    for mission in missions:
        yield _mission(row, told, mission), row


def _common(row: ProjectSheet, told: sheets.Sheet) -> dict[str, Any]:
    funders = (_party(name, engine.Role.FUNDER) for name in row.funders)
    network = [_party(row.network.name, engine.Role.ACCOUNTABLE)] if row.network else []
    lead_organisation = (
        [_party(row.lead_organisation, engine.Role.IMPLEMENTING)] if row.lead_organisation else []
    )
    return {
        "parties": (*funders, *network, *lead_organisation),
        "themes": _themes(row.sectors),
        "goals": told.goals,
        "documents": (engine.Document(url=address_of(row.slug), title=f"Fiche : {row.title}"),),
        "parent": PROGRAMME,
        "updated": timezone.localdate(row.listing.changed_at),
    }


def _whole(row: ProjectSheet, told: sheets.Sheet) -> engine.Activity:
    status = sheets.status_of(told)
    return engine.Activity(
        number=f"P{row.pk}",
        title=row.title,
        stage=STAGES.get(status, engine.Stage.UNDER_WAY),
        description=told.context or "",
        objectives=told.objectives or "",
        audiences=told.audiences or "",
        countries=tuple(row.countries),
        localities=(row.locality,) if row.locality else (),
        start=told.start,
        end=told.end,
        budget=told.budget,
        results=(told.results,) if told.results else (),
        **_common(row, told),
    )


def _mission(row: ProjectSheet, told: sheets.Sheet, mission: Mission) -> engine.Activity:
    common = _common(row, told)
    if mission.need.sectors:
        common["themes"] = _themes(mission.need.sectors)
    return engine.Activity(
        number=f"M{mission.pk}",
        title=mission.need.title,
        stage=engine.Stage[standing(mission.state).activity.upper()],
        description=f"Mission d’expertise pour le projet « {row.title} ».",
        objectives=mission.need.objectives,
        countries=(mission.country,),
        start=_month(mission.start),
        end=_month(mission.end),
        started=mission.start if mission.state in GONE else None,
        ended=(mission.ended_on or mission.end) if mission.state in BACK else None,
        **common,
    )


def _month(day: Any) -> sheets.PartialDate:
    return sheets.PartialDate(year=day.year, month=day.month)


def _party(name: str, role: engine.Role) -> engine.Party:
    return engine.Party(name=name, role=role)


def _themes(codes: Iterable[str]) -> tuple[engine.SectorTheme, ...]:
    """Our sectors with the first of the DAC codes that say each abroad."""
    named = ((code, terms("sectors")[code].extra["dac"].split()) for code in codes)
    return tuple(
        engine.SectorTheme(code=code, label=label("sectors", code), dac=dac[0])
        for code, dac in named
        if dac
    )
