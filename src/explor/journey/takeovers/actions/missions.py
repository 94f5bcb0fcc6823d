"""The rows that a line of missions creates, and their erasure by an undo."""

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
from explor.journey.calls.models import Call
from explor.journey.missions import actions as missions
from explor.journey.missions.models import Mission
from explor.journey.missions.states import properties_of
from explor.journey.needs import actions as needs
from explor.journey.proposals import actions as proposals
from explor.journey.releases import actions as releases
from explor.journey.reports import actions as reports

from .. import engine, selectors
from ..models import Takeover, TakeoverLine
from .resolution import resolve


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

    Nobody receives a message, and no act that nobody did is recorded.
    """
    try:
        with transaction.atomic():
            return _Maker(batch, line).make()
    except ActionNotAllowed as refusal:  # what changed after the file was read
        return {"duplicate": refusal.reasons[0][:300], "certain": True, "keep": False}


class _Maker:
    """The making of one line: its author, its journal details and what it creates."""

    def __init__(self, batch: Takeover, line: TakeoverLine) -> None:
        self.batch, self.network = batch, batch.network
        self.content: dict[str, Any] = line.content
        self.by = author_of(batch)
        self.details = {"import": batch.pk, "line": line.number, "file": batch.name}
        self.register = register_of(batch)
        self.made: list[str] = []

    def make(self) -> dict[str, Any]:
        content = self.content
        resolution = self._resolved()
        association = self._organisation(Kind.ASSOCIATION, "association", resolution.association)
        employer = self._organisation(Kind.EMPLOYER, "employer", resolution.employer)
        expert = self._expert(employer)
        need = needs.take_over(
            network=self.network,
            association=association,
            project=self._project(association),
            call=Call.objects.filter(pk=resolution.call or 0).first(),
            by=self.by,
            details=self.details,
            partner=self._partner(association),
            title=content["title"],
            country=content["country"],
            place=content.get("place", ""),
            days=(self._day("end") - self._day("start")).days + 1,
            objectives=content.get("objectives", ""),
            expected_results=content.get("expected_results", ""),
        )
        mission = self._mission(need, expert, employer)
        return {"made": True, "mission": mission, "made_here": self.made}

    def _resolved(self) -> Any:
        """Resolve the records of the line again, as the lines before it may have created some."""
        today = timezone.localdate()
        resolution = resolve(self.content, self.register, {}, {}, today)
        if resolution.faults:
            raise ActionNotAllowed(resolution.faults[0][2])
        return resolution

    def _mission(self, need: Any, expert: Expert, employer: Organisation | None) -> Mission:
        start, end, state = self._day("start"), self._day("end"), self.content["state"]
        known = properties_of(state)
        proposal = proposals.take_over(
            need=need,
            expert=expert,
            by=self.by,
            details=self.details,
            employer=employer,
            start=start,
            end=end,
            free_from=end + timedelta(days=1) if known.is_over else None,
        )
        release = releases.take_over(
            proposal,
            by=self.by,
            scheme=self.content.get("scheme", ""),
            signed=bool(self.content.get("signed")),
            details=self.details,
        )
        mission = missions.take_over(
            release, by=self.by, state=state, start=start, end=end, details=self.details
        )
        if known.needs_report:
            reports.take_over(mission, by=self.by, details=self.details)
        return mission

    def _organisation(self, kind: str, name: str, known: int | None) -> Any:
        """Return the organisation of a line, created as an import of members does."""
        label = self.content.get(name) or self.content.get(f"{name}_number", "")
        if not label:
            return None
        if known:
            return Organisation.objects.get(pk=known)
        numbers = engine.numbers_of(self.content.get(f"{name}_number", ""))[0]
        row = organisations.create_from_file(
            by=self.by, kind=kind, network=self.network, name=label, **numbers
        )
        self._note(row)
        self.register.add(row)
        return row

    def _expert(self, employer: Organisation | None) -> Expert:
        email = self.content["email"].lower()
        new = not Expert.objects.filter(person__email=email).exists()
        expert = experts.take_over(
            network=self.network,
            name=self.content["expert"],
            email=email,
            employer=employer,
            employment=self.content.get("employment", ""),
            by=self.by,
            details=self.details,
        )
        if new:
            self._note(expert)
        return expert

    def _project(self, association: Organisation) -> Project:
        title = self.content.get("project") or self.content["title"]
        for each in Project.objects.filter(association=association).order_by("pk"):
            if fold(each.title) == fold(title):
                return each
        project = Project.objects.create(
            association=association, title=title, countries=[self.content["country"]]
        )
        audit.log(project, "take_over", by=self.by, details=self.details)
        self._note(project)
        return project

    def _partner(self, association: Organisation) -> FieldPartner | None:
        if not (name := self.content.get("partner", "")):
            return None
        for each in FieldPartner.objects.filter(association=association).order_by("pk"):
            if fold(each.name) == fold(name):
                return each
        partner = organisations.add_partner(
            association,
            by=self.by,
            name=name,
            country=self.content["country"],
            place=self.content.get("place", ""),
            email=self.content.get("partner_email", ""),
        )
        self._note(partner)
        return partner

    def _day(self, name: str) -> Any:
        return stored_day(self.content[name])

    def _note(self, row: models.Model) -> None:
        self.made.append(f"{row._meta.label_lower}:{row.pk}")


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
