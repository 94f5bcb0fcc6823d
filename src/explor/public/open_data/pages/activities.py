"""IATI file of the project sheets: the programme, then each project and, below it, its missions.

A published identifier is kept: a cancelled mission is marked as cancelled, and a withdrawn sheet
keeps its activities without its texts. For privacy and safety, no activity names a person, and
future departures are given by month, not by day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import IO, Any

from django.conf import settings
from django.utils import timezone

from explor.ground.reference.selectors import label, terms
from explor.journey.missions.models import Mission
from explor.journey.missions.states import properties_of
from explor.journey.sheets import engine as sheets
from explor.journey.sheets.models import ProjectSheet
from explor.journey.sheets.states import State
from explor.public.directory.models import moment_of

from .. import engine, selectors
from .records import address_of
from .remarks import KEPT, Remark

PROGRAMME = "PROGRAMME"
PROJECT, MISSION = 2, 3  # levels below the programme, which is 1
WITHDRAWN = "Fiche retirée"
WITHDRAWN_WHY = "La fiche de ce projet n’est plus publiée."
WEB_PAGE = "B16"  # of an organisation, among the categories of documents
CHUNK = 200
STAGES = {
    "à venir": engine.Stage.PIPELINE,
    "en cours": engine.Stage.UNDER_WAY,
    "terminé": engine.Stage.CLOSED,
}
SourcedActivity = tuple[engine.Activity, ProjectSheet]
Payments = dict[int, list[engine.Payment]]

NO_REF = "Le fichier IATI attend l’identifiant de qui publie (réglage EXPLOR_IATI_REF)."


def write(out: IO[bytes], remarks: list[Remark]) -> int:
    """Write the valid activities, add a remark for each fault; return how many were written.

    Without an IATI identifier of the publisher in the settings, write none and add a remark.
    """
    if not settings.EXPLOR_IATI_REF:
        _note_file(remarks, NO_REF)
        engine.write_iati([], out)
        return 0
    kept = engine.Counted(_kept(remarks))
    engine.write_iati(kept, out)
    return kept.count


def write_publisher(out: IO[bytes], remarks: list[Remark]) -> int:
    """Write the IATI organisation file of the publisher, with a remark for each fault.

    Returns:
        1, or 0 when the file must not be served: it is invalid, or left empty because the settings
        have no IATI identifier of the publisher.
    """
    if not settings.EXPLOR_IATI_REF:
        _note_file(remarks, NO_REF)
        return 0
    page = engine.Document(url=f"{settings.EXPLOR_URL}/", title="Explor", category=WEB_PAGE)
    findings = engine.write_publisher([page], out)
    for finding in findings:
        kind: Any = "left_out" if finding.severity == "error" else "warning"
        _note_file(remarks, f"{finding.message} (règle {finding.rule})", kind)
    return int(not any(finding.severity == "error" for finding in findings))


def _note_file(remarks: list[Remark], why: str, kind: Any = "left_out") -> None:
    """Add the remark `why` about the file rather than about one of its sheets."""
    remarks.append(Remark(kind=kind, text=why, title="", sheet=None, network=None))


def _kept(remarks: list[Remark]) -> Iterator[engine.Activity]:
    scheme = programme()
    if scheme is None:
        return
    yield scheme
    published = selectors.sheets_with_missions().iterator(chunk_size=CHUNK)
    committed = _committed()
    activities = chain.from_iterable(activities_of(row, committed) for row in published)
    while chunk := list(islice(activities, CHUNK)):
        yield from checked(chunk, remarks)


def checked(chunk: list[SourcedActivity], remarks: list[Remark]) -> Iterator[engine.Activity]:
    """Yield the activities that are valid in IATI; add a remark for each fault or warning."""
    complete = [(activity, row) for activity, row in chunk if not activity.missing()]
    for activity, row in chunk:
        for why in activity.missing():
            _note(remarks, "left_out", f"{why[:1].upper()}{why[1:]}.", row)
    rows = {activity.number: row for activity, row in complete}
    refused = set()
    for number, finding in engine.findings_of([activity for activity, _ in complete]):
        kind = "left_out" if finding.severity == "error" else "warning"
        _note(remarks, kind, f"{finding.message} (règle {finding.rule})", rows[number])
        if finding.severity == "error":
            refused.add(number)
    yield from (activity for activity, _ in complete if activity.number not in refused)


def _note(remarks: list[Remark], kind: Any, text: str, row: ProjectSheet) -> None:
    if len(remarks) < KEPT:
        remarks.append(
            Remark(kind=kind, text=text, title=row.title, sheet=row.pk, network=row.network_id)
        )


def programme() -> engine.Activity | None:
    """Return the activity of the whole programme, of which every other activity is a part.

    None when the published sheets have no start date at all, no country or no sector.
    """
    first = selectors.bounds_of_sheets()
    countries, sectors = map(selectors.codes_of_sheets, ("countries", "sectors"))
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


def _committed() -> Payments:
    """Return {mission: what each funder commits to it, dated by the last signature}.

    No payment is known with its day: budget lines only have totals.
    """
    payments: Payments = {}
    for row in selectors.commitments():
        payment = engine.Payment(
            flow=engine.Flow.COMMITMENT,
            on=timezone.localdate(row["signed"]),
            money=sheets.Money(amount=row["amount"]),
            provider=row["funder__name"],
            receiver=row["mission__association__name"],
        )
        payments.setdefault(row["mission"], []).append(payment)
    return payments


def activities_of(row: ProjectSheet, committed: Payments) -> Iterator[SourcedActivity]:
    """Yield (activity, sheet) for the project of a sheet, then for each of its missions.

    `committed` gives the commitments of funders by mission.
    """
    needs = row.project.needs.all() if row.project else []
    sheet = sheets.sheet_of(row.content)
    shown = (lambda each: each) if row.state == State.PUBLISHED else _withdrawn
    yield shown(_project(row, sheet)), row
    for need in needs:
        for mission in need.missions.all():
            payments = committed.get(mission.pk, [])
            activity = replace(_mission(row, sheet, mission), payments=tuple(payments))
            yield shown(activity), row


def _withdrawn(activity: engine.Activity) -> engine.Activity:
    """Return the activity of a withdrawn sheet: its identifier, status, dates, places and sectors.

    A project under way is marked as suspended, as its sheet may be published again.
    """
    on_hold = activity.hierarchy == PROJECT and activity.stage is not engine.Stage.CLOSED
    return replace(
        activity,
        title=WITHDRAWN,
        stage=engine.Stage.SUSPENDED if on_hold else activity.stage,
        description=WITHDRAWN_WHY,
        objectives="",
        audiences="",
        localities=(),
        parties=tuple(p for p in activity.parties if p.role is engine.Role.ACCOUNTABLE)
        or (_party(settings.EXPLOR_PUBLISHER, engine.Role.ACCOUNTABLE),),
        budget=None,
        payments=(),
        results=(),
        documents=(),
    )


def _common(row: ProjectSheet, sheet: sheets.Sheet) -> dict[str, Any]:
    funders = (_party(name, engine.Role.FUNDER) for name in row.funders)
    network = [_party(row.network.name, engine.Role.ACCOUNTABLE)] if row.network else []
    lead_organisation = (
        [_party(row.lead_organisation, engine.Role.IMPLEMENTING)] if row.lead_organisation else []
    )
    listing = getattr(row, "listing", None)  # a withdrawn sheet may have left the directory
    return {
        "parties": (*funders, *network, *lead_organisation),
        "themes": _themes(row.sectors),
        "goals": sheet.goals,
        "documents": (engine.Document(url=address_of(row.slug), title=f"Fiche : {row.title}"),),
        "updated": timezone.localdate(listing.changed_at) if listing else None,
    }


def _project(row: ProjectSheet, sheet: sheets.Sheet) -> engine.Activity:
    status = sheets.status_of(sheet)
    return engine.Activity(
        number=f"P{row.pk}",
        hierarchy=PROJECT,
        parent=PROGRAMME,
        title=row.title,
        stage=STAGES.get(status, engine.Stage.UNDER_WAY),
        description=sheet.context or "",
        objectives=sheet.objectives or "",
        audiences=sheet.audiences or "",
        countries=tuple(row.countries),
        localities=(row.locality,) if row.locality else (),
        start=sheet.start,
        end=sheet.end,
        budget=sheet.budget,
        results=(sheet.results,) if sheet.results else (),
        **_common(row, sheet),
    )


def _mission(row: ProjectSheet, sheet: sheets.Sheet, mission: Mission) -> engine.Activity:
    common, stay = _common(row, sheet), mission.stay
    if mission.need.sectors:
        common["themes"] = _themes(mission.need.sectors, mission.need.skills)
    return engine.Activity(
        number=f"M{mission.pk}",
        hierarchy=MISSION,
        parent=f"P{row.pk}",
        title=mission.need.title,
        stage=engine.Stage[properties_of(mission.state).activity.upper()],
        description=f"Mission d’expertise pour le projet « {row.title} ».",
        objectives=mission.need.objectives,
        countries=(mission.country,),
        start=_month(mission.start),
        end=_month(mission.end),
        started=stay.start if stay and stay.start_is_real else None,
        ended=stay.end if stay and stay.end_is_real else None,
        **common,
    )


def _month(day: Any) -> sheets.PartialDate:
    return sheets.PartialDate(year=day.year, month=day.month)


def _party(name: str, role: engine.Role) -> engine.Party:
    return engine.Party(name=name, role=role)


def _themes(codes: Iterable[str], skills: Iterable[str] = ()) -> tuple[engine.SectorTheme, ...]:
    """Return the sectors with these codes, each with one code of the OECD (DAC).

    The code is that of the first requested skill of the sector that has a code, or else the first
    code of the sector: a mission on vocational training is 11330, not education policy.
    """
    own: dict[str, str] = {}
    for term in (terms("skills")[skill] for skill in skills if skill in terms("skills")):
        if term.extra["dac"]:
            own.setdefault(term.parent, term.extra["dac"])
    named = ((code, terms("sectors")[code].extra["dac"].split()) for code in codes)
    return tuple(
        engine.SectorTheme(code=code, label=label("sectors", code), dac=own.get(code, dac[0]))
        for code, dac in named
        if dac
    )
