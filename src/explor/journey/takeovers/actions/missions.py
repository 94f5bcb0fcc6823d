"""The rows that a line of missions creates, and their erasure by an undo."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from explor.actors.experts import actions as experts
from explor.actors.experts.models import Expert
from explor.actors.organisations import actions as organisations
from explor.actors.organisations.models import FieldPartner, Kind, Organisation
from explor.actors.projects.models import Project
from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.bounds import stored_day
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.reference.selectors import fold
from explor.ground.workflow.bulk import insert_many
from explor.journey.calls.models import Call
from explor.journey.missions import actions as missions
from explor.journey.missions.models import Mission
from explor.journey.missions.states import properties_of
from explor.journey.needs import actions as needs
from explor.journey.needs.models import Need
from explor.journey.proposals import actions as proposals
from explor.journey.releases import actions as releases
from explor.journey.reports import actions as reports

from .. import engine, selectors
from ..models import Takeover, TakeoverLine
from .resolution import Resolution, resolve

TEXTS = ("place", "objectives", "expected_results")


def author_of(batch: Takeover) -> Actor:
    """Return who acts in a job: Explor, for a file whose journal names the officer."""
    return Actor(name="Explor", role="systeme", acting_for=batch.name)


def register_of(batch: Any) -> selectors.Register:
    """Return the register of the network of a file, loaded once for a job."""
    if not hasattr(batch, "register"):
        batch.register = selectors.Register(batch.network_id)
    register: selectors.Register = batch.register
    return register


def make_mission(batch: Takeover, line: TakeoverLine) -> dict[str, Any]:
    """Create the mission of a line with what it needs; return the fields of the line to update.

    Nobody receives a message, and no act that nobody did is recorded. The fields are those of
    `make_missions`; after a refusal, `duplicate` (why), `certain` and `keep`.
    """
    try:
        with transaction.atomic():
            return make_missions(batch, [line])[0]
    except ActionNotAllowed as refusal:  # what changed after the file was read
        return {"duplicate": refusal.reasons[0][:300], "certain": True, "keep": False}


def make_missions(batch: Any, lines: Sequence[TakeoverLine]) -> list[dict[str, Any]]:
    """Create the missions of several lines, all or none; the queries do not depend on their number.

    Return for each line its fields to update: `made`, `mission`, and `made_here`, the other rows
    created for it.

    Raises:
        ActionNotAllowed: something changed after the file was read.
    """
    try:
        return _Maker(batch, lines).make()
    except Exception:
        # The register names rows that this transaction created, and that it takes back.
        vars(batch).pop("register", None)
        raise


@dataclass
class _Row:
    """What is made of a line: its content, its details for the journal and the rows so far."""

    line: TakeoverLine
    content: dict[str, Any]
    details: dict[str, Any]
    resolution: Resolution
    association: Any = None
    employer: Organisation | None = None
    expert: Any = None
    project: Any = None
    partner: FieldPartner | None = None
    made: list[str] = field(default_factory=list)

    def day(self, name: str) -> Any:
        return stored_day(self.content[name])

    def note(self, row: models.Model) -> None:
        self.made.append(f"{row._meta.label_lower}:{row.pk}")


class _Maker:
    """The making of several lines: each sort of row is created for all of them at once."""

    def __init__(self, batch: Takeover, lines: Sequence[TakeoverLine]) -> None:
        self.batch, self.network, self.by = batch, batch.network, author_of(batch)
        self.register = register_of(batch)
        self.rows = [self._row(line) for line in lines]

    def _row(self, line: TakeoverLine) -> _Row:
        """Resolve the records of a line again: the lines before it may have created some."""
        content: dict[str, Any] = line.content
        resolution = resolve(content, self.register, {}, {}, timezone.localdate())
        if resolution.faults:
            raise ActionNotAllowed(resolution.faults[0][2])
        details = {"import": self.batch.pk, "line": line.number, "file": self.batch.name}
        return _Row(line, content, details, resolution)

    def make(self) -> list[dict[str, Any]]:
        self._organisations(Kind.ASSOCIATION, "association")
        self._organisations(Kind.EMPLOYER, "employer")
        self._experts()
        self._projects()
        self._partners()
        return [
            {"made": True, "mission": mission, "made_here": row.made}
            for row, mission in zip(self.rows, self._missions(self._needs()), strict=True)
        ]

    def _organisations(self, kind: str, name: str) -> None:
        """Set the organisation of each line, created as an import of members does."""
        new: dict[Any, dict[str, Any]] = {}
        keys = [self._key(row, kind, name, new) for row in self.rows]
        made = organisations.create_many_from_file(
            by=self.by, kind=kind, network=self.network, rows=[*new.values()]
        )
        created = dict(zip(new, made, strict=True))
        known = Organisation.objects.in_bulk({key for key in keys if isinstance(key, int)})
        for row, key in zip(self.rows, keys, strict=True):
            setattr(row, name, created.get(key) or known.get(key))
            if (one := created.pop(key, None)) is not None:
                known[key] = one
                row.note(one)
                self.register.add(one)

    def _key(self, row: _Row, kind: str, name: str, new: dict[Any, dict[str, Any]]) -> Any:
        """Return the key of a known organisation, or that under which `new` has its fields."""
        number = row.content.get(f"{name}_number", "")
        called = row.content.get(name) or number
        if not called:
            return None
        if known := getattr(row.resolution, name):
            return known
        numbers = engine.numbers_of(number)[0]
        key = (fold(called), *sorted(numbers.values()))
        new.setdefault(key, {"name": called, **numbers})
        if kind == Kind.EMPLOYER and row.content.get("employment") in engine.OFFICIALS:
            new[key]["is_public"] = True  # else the schemes of officials would be closed to them
        return key

    def _experts(self) -> None:
        people = [
            experts.PersonBefore(
                name=row.content["expert"],
                email=row.content["email"],
                employer=row.employer,
                employment=row.content.get("employment", ""),
                details=row.details,
            )
            for row in self.rows
        ]
        known = experts.take_over(people, network=self.network, by=self.by)
        for row in self.rows:
            email = row.content["email"].lower()
            row.expert, new = known[email]
            if new:
                row.note(row.expert)
                known[email] = row.expert, False

    def _projects(self) -> None:
        """Set the project of each line: one of its association with this title, new otherwise."""
        of = Project.objects.filter(association__in={row.association.pk for row in self.rows})
        known = {(each.association_id, fold(each.title)): each for each in of.order_by("-pk")}
        new: dict[Any, tuple[_Row, Project]] = {}
        for row in self.rows:
            title = row.content.get("project") or row.content["title"]
            key = row.association.pk, fold(title)
            if key not in known:
                countries = [row.content["country"]]
                known[key] = Project(association=row.association, title=title, countries=countries)
                new[key] = row, known[key]
            row.project = known[key]
        insert_many(project for _, project in new.values())
        for row, project in new.values():
            row.note(project)
        audit.log_created(
            [project for _, project in new.values()],
            "take_over",
            by=self.by,
            details=[row.details for row, _ in new.values()],
        )

    def _partners(self) -> None:
        """Set the field partner of each line that names one."""
        named = [row for row in self.rows if row.content.get("partner")]
        of = FieldPartner.objects.filter(association__in={row.association.pk for row in named})
        known = {(each.association_id, fold(each.name)): each for each in of.order_by("-pk")}
        new: dict[Any, _Row] = {}
        for row in named:
            key = row.association.pk, fold(row.content["partner"])
            if key not in known:
                new.setdefault(key, row)
        made = organisations.add_partners([_partner(row) for row in new.values()], by=self.by)
        for (key, row), partner in zip(new.items(), made, strict=True):
            known[key] = partner
            row.note(partner)
        for row in named:
            row.partner = known[row.association.pk, fold(row.content["partner"])]

    def _needs(self) -> list[Need]:
        calls = Call.objects.in_bulk({row.resolution.call for row in self.rows} - {None})
        wanted = [
            needs.NeedBefore(
                association=row.association,
                project=row.project,
                call=calls.get(row.resolution.call),
                details=row.details,
                fields={
                    "partner": row.partner,
                    "title": row.content["title"],
                    "country": row.content["country"],
                    "days": (row.day("end") - row.day("start")).days + 1,
                    **{name: row.content.get(name, "") for name in TEXTS},
                },
            )
            for row in self.rows
        ]
        return needs.take_over(wanted, network=self.network, by=self.by)

    def _missions(self, made: Sequence[Need]) -> list[Mission]:
        details = [row.details for row in self.rows]
        seats = [_seat(row, need) for row, need in zip(self.rows, made, strict=True)]
        agreed = proposals.take_over(seats, by=self.by, details=details)
        lent = [
            releases.ReleaseBefore(
                proposal=proposal,
                scheme=row.content.get("scheme", ""),
                signed=bool(row.content.get("signed")),
                details=row.details,
            )
            for row, proposal in zip(self.rows, agreed, strict=True)
        ]
        begun = [
            missions.MissionBefore(
                release=release,
                state=row.content["state"],
                start=row.day("start"),
                end=row.day("end"),
                details=row.details,
            )
            for row, release in zip(self.rows, releases.take_over(lent, by=self.by), strict=True)
        ]
        taken = missions.take_over(begun, by=self.by)
        over = [
            (mission, row.details)
            for row, mission in zip(self.rows, taken, strict=True)
            if properties_of(mission.state).needs_report
        ]
        reports.take_over([each for each, _ in over], by=self.by, details=[d for _, d in over])
        return taken


def _partner(row: _Row) -> dict[str, Any]:
    return {
        "association": row.association,
        "name": row.content["partner"],
        "country": row.content["country"],
        "place": row.content.get("place", ""),
        "email": row.content.get("partner_email", ""),
    }


def _seat(row: _Row, need: Need) -> dict[str, Any]:
    end = row.day("end")
    return {
        "need": need,
        "expert": row.expert,
        "employer": row.employer,
        "start": row.day("start"),
        "end": end,
        "free_from": end + timedelta(days=1)
        if properties_of(row.content["state"]).is_over
        else None,
    }


def erase_mission(batch: Takeover, line: TakeoverLine) -> str:
    """Erase the mission of a line unless somebody acted on it since; return its number if so."""
    mission = line.mission
    if mission is None:
        return ""
    by = author_of(batch)
    rows = [mission, mission.release, mission.release.proposal, mission.need]
    if any(not _is_untouched(row) for row in rows):
        return mission.file_number
    audit.log(mission, "erase_taken_over", by=by)
    for row in rows:
        row.delete()
    return ""


OWN = {
    *("takeovers.takeoverline", "missions.mission", "missions.checklistitem", "reports.report"),
    *("releases.release", "releases.signatory", "proposals.proposal"),
}


def _is_untouched(row: Any) -> bool:
    """Return whether a row, and those made with it, are as the file made them."""
    if row.version:
        return False
    for relation in row._meta.related_objects:
        rows = relation.related_model._base_manager.filter(**{relation.field.name: row.pk})
        if relation.related_model._meta.label_lower not in OWN:
            if rows.exists():
                return False
        elif any(getattr(each, "version", 0) for each in rows):
            return False
    return True


def erase_around(batch: Takeover) -> None:
    """Erase what the lines of a file created beside the missions, unless it serves elsewhere."""
    by = author_of(batch)
    lines = batch.lines.exclude(made_here=[]).values_list("made_here", flat=True)
    rows = [row.split(":") for made in lines for row in made]
    for label, pk in sorted(rows, key=lambda row: row[0] == "organisations.organisation"):
        _erase(label, int(pk), by)


def _erase(label: str, pk: int, by: Actor) -> None:
    """Erase a row that a file created, unless somebody changed it or it serves elsewhere."""
    if label == "experts.expert":
        for expert in Expert.objects.filter(pk=pk):
            experts.erase_unused(expert, by=by)
    elif label == "organisations.organisation":
        for organisation in Organisation.objects.filter(pk=pk):
            organisations.erase_unused(organisation, by=by)
    else:
        model = Project if label == "projects.project" else FieldPartner
        for row in model._base_manager.filter(pk=pk):
            if _is_untouched(row):
                audit.log(row, "erase_unused", by=by)
                row.delete()
