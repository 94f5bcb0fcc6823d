"""Queries for an import of missions and budgets: existing records, duplicates, refused lines."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from explor.actors.experts.models import Expert
from explor.actors.organisations.models import Organisation
from explor.ground.accounts.models import Person
from explor.ground.reference.selectors import fold
from explor.ground.rights.selectors import records
from explor.ground.ui.order import french_key
from explor.journey.budgets.models import AMOUNTS, BudgetLine
from explor.journey.calls.models import Call, Envelope, Funder
from explor.journey.decisions.models import Decision
from explor.journey.missions.models import Mission
from explor.journey.missions.states import states_where

from .models import Takeover, TakeoverLine


@dataclass(frozen=True, kw_only=True)
class KnownOrganisation:
    """An organisation of the network, with what identifies it."""

    pk: int
    name: str
    city: str
    siret: str
    siren: str
    rna: str
    slug: str

    def has(self, number: str) -> bool:
        """Return whether a SIRET, SIREN, RNA number or slug is that of this organisation."""
        unit = self.siren or self.siret[:9]
        return number in {self.siret, unit, self.rna, self.slug} - {""} or (
            len(number) == 14 and not self.siret and number[:9] == unit
        )


class Register:
    """The organisations and the calls of a network, loaded once for a file.

    What the file creates is added, so that two lines that name a new association share it.
    """

    def __init__(self, network: int) -> None:
        self.by_name: dict[tuple[str, str], list[KnownOrganisation]] = {}
        self.by_number: dict[tuple[str, str], list[KnownOrganisation]] = {}
        for each in Organisation.objects.filter(network=network).order_by("pk"):
            self.add(each)
        calls = Call.objects.filter(network=network, of_taken_over=False).order_by("pk")
        self.calls = {key: call for call in calls for key in (fold(call.title), call.file_number)}

    def add(self, row: Organisation) -> None:
        known = KnownOrganisation(
            pk=row.pk,
            name=row.name,
            city=row.city,
            siret=row.siret,
            siren=row.siren,
            rna=row.rna,
            slug=row.slug,
        )
        self.by_name.setdefault((row.kind, fold(row.name)), []).append(known)
        numbers = {row.siret, row.siren, row.siret[:9], row.rna, row.slug}
        for number in numbers - {""}:
            self.by_number.setdefault((row.kind, number), []).append(known)

    def numbered(self, kind: str, number: str) -> list[KnownOrganisation]:
        """Return the organisations of a kind that have a number, or its SIREN for a SIRET."""
        rows = self.by_number.get((kind, number), [])
        if not rows and len(number) == 14:
            rows = self.by_number.get((kind, number[:9]), [])
        return [each for each in rows if each.has(number)] or []

    def named(self, kind: str, name: str) -> list[KnownOrganisation]:
        return self.by_name.get((kind, fold(name)), [])


@dataclass(frozen=True, kw_only=True)
class KnownPerson:
    """A person of an address: their name, and whether the network sees who they are."""

    name: str
    visible: bool


def people_of(network: int, emails: Iterable[str]) -> dict[str, KnownPerson]:
    """Return {address: person} of the addresses that have an account.

    A network sees who a person is if they consented, or if they have a mission of this network.
    """
    rows = Person.objects.filter(email__in=list(emails)).order_by("pk")
    shared = Expert.objects.shared_with(network).values("person")
    own = Mission.objects.filter(network=network).values("expert__person")
    visible = set(
        rows.filter(Q(pk__in=shared) | Q(pk__in=own)).order_by().values_list("email", flat=True)
    )
    return {
        email: KnownPerson(name=name, visible=email in visible)
        for email, name in rows.values_list("email", "name")
    }


def names_of_experts(network: int) -> dict[str, str]:
    """Return {folded name: address} of the experts whom a network sees."""
    shared = Expert.objects.shared_with(network)
    own = Expert.objects.filter(missions__network=network)
    rows = Expert.objects.filter(Q(pk__in=shared.values("pk")) | Q(pk__in=own.values("pk")))
    pairs = rows.order_by("pk").values_list("person__name", "person__email")
    return {fold(name): email for name, email in pairs}


def numbers_elsewhere(network: int, kind: str, numbers: Iterable[str]) -> set[str]:
    """Return the numbers (SIRET, SIREN, RNA) that an organisation of another network has."""
    wanted = set(numbers) - {""}
    if not wanted:
        return set()
    same = Q(siret__in=wanted) | Q(siren__in=wanted) | Q(rna__in=wanted)
    rows = Organisation.objects.filter(same, kind=kind).exclude(network=network).order_by("pk")
    return {n for row in rows.values_list("siret", "siren", "rna") for n in row} & wanted


@dataclass(frozen=True, kw_only=True)
class ExistingMission:
    """A mission that exists already, whose days or name a line may repeat."""

    pk: int
    network: int
    number: str
    email: str
    association: int
    title: str
    start: date
    end: date
    holds: bool


def missions_like(
    network: int, emails: Iterable[str], associations: Iterable[int | None]
) -> list[ExistingMission]:
    """Return the missions of these people, and those of these associations of the network."""
    wanted = Q(expert__person__email__in=list(emails)) | Q(
        network=network, association__in=[pk for pk in associations if pk]
    )
    free = states_where(holds_days=False)
    rows = Mission.objects.filter(wanted).select_related("need", "expert__person").order_by("pk")
    return [
        ExistingMission(
            pk=row.pk,
            network=row.network_id,
            number=row.file_number,
            email=row.expert.person.email,
            association=row.association_id,
            title=fold(row.need.title),
            start=row.departed_on or row.start,
            end=row.returned_on or row.end,
            holds=row.state not in free and row.closed_from not in free,
        )
        for row in rows
    ]


def lines_made(batch: Takeover, references: Iterable[str]) -> dict[str, TakeoverLine]:
    """Return {reference: line} of the missions that earlier files of the network brought in."""
    rows = TakeoverLine.objects.filter(
        batch__network=batch.network_id, mission__isnull=False, reference__in=list(references)
    )
    return {line.reference: line for line in rows.select_related("mission").order_by("pk")}


def first_lines(batch: Takeover) -> dict[str, int]:
    """Return {key: number of the first line that has it} for the lines already saved."""
    earlier: dict[str, int] = {}
    lines = batch.lines.filter(content__isnull=False).order_by("number")
    for line in lines.only("number", "content", "reference", "email").iterator():
        for key in keys_of(line):
            earlier.setdefault(key, line.number)
    return earlier


def keys_of(line: TakeoverLine) -> list[str]:
    """Return the keys of a line of a file of missions; two lines that share a key are twins."""
    content = line.content or {}
    keys = [f"numéro {fold(line.reference)}"] if line.reference else []
    return [*keys, f"personne et départ {line.email} {content.get('start', '')}"]


def made_of(mission: Mission) -> TakeoverLine | None:
    """Return the line from which a mission was taken over, None when it was purged."""
    lines = TakeoverLine.objects.filter(mission=mission.pk).select_related("batch")
    return lines.first()


def faulty_lines_of(batch: Takeover) -> "QuerySet[TakeoverLine]":
    """Return the lines of a file that have an error, in order."""
    return batch.lines.exclude(faults=[]).order_by("number")


def old_lines(before: datetime) -> "QuerySet[TakeoverLine]":
    """Return the lines of the files begun before an instant that still say something of people."""
    lines = TakeoverLine.objects.filter(batch__created_at__lt=before)
    return lines.exclude(email="", content__isnull=True, faults=[], title="")


def old_files(before: datetime) -> "QuerySet[Takeover]":
    """Return the files begun before an instant that are still stored."""
    return Takeover.objects.filter(created_at__lt=before).exclude(file="")


def own_lines(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the lines about a person, for the copy of their data."""
    own = TakeoverLine.objects.filter(email__iexact=person.email)
    yield from records(own, without=("duplicate", "faults", "made_here"))


def overlapping(held: Sequence[ExistingMission], start: date, end: date) -> ExistingMission | None:
    """Return the first of the missions of a person that takes one of these days, or None."""
    mine = (each for each in held if each.holds)
    return next((each for each in mine if each.start <= end and start <= each.end), None)


class Accounts:
    """What a line of budget may name: missions and calls of a network, funders; loaded once."""

    def __init__(self, network: int) -> None:
        missions = Mission.objects.filter(network=network).select_related("need").order_by("pk")
        missions = missions.only("created_at", "need__title")  # ten thousand of them fit in memory
        self.missions: dict[str, list[Mission]] = {}
        known: dict[int, Mission] = {}
        for mission in missions:
            known[mission.pk] = mission
            for key in {mission.file_number.casefold(), fold(mission.need.title)}:
                self.missions.setdefault(key, []).append(mission)
        lines = TakeoverLine.objects.filter(batch__network=network, mission__isnull=False)
        pairs = lines.exclude(reference="").order_by("pk").values_list("reference", "mission")
        self.references = {fold(reference): known[mission] for reference, mission in pairs}
        calls = Call.objects.filter(network=network, of_taken_over=False).order_by("pk")
        self.calls = {key: call for call in calls for key in (fold(call.title), call.file_number)}
        funders = Funder.objects.order_by(french_key("name"), "pk")
        self.funders = {key: each for each in funders for key in (fold(each.name), each.slug)}

    def mission_of(self, typed: str) -> list[Mission]:
        """Return the missions of a number of Explor, of a number of the network, or of a title."""
        if (own := self.references.get(fold(typed))) is not None:
            return [own]
        return self.missions.get(typed.casefold()) or self.missions.get(fold(typed), [])


Same = tuple[int, int | None, str, Decimal, Decimal, Decimal, str]


def same_lines_among(missions: Iterable[int]) -> set[Same]:
    """Return what makes two lines of the budgets of these missions the same, as tuples.

    Members: mission, funder (keys), heading, planned, committed and paid amounts, reference.
    """
    rows = BudgetLine.objects.filter(mission__in=list(missions)).order_by("pk")
    return set(rows.values_list("mission", "funder", "heading", *AMOUNTS, "reference"))


def envelopes_of(calls: Iterable[int]) -> dict[tuple[int, int], Envelope]:
    """Return {(call, funder): envelope} of these calls."""
    rows = Envelope.objects.filter(call__in=list(calls)).order_by("pk")
    return {(row.call_id, row.funder_id): row for row in rows}


def is_spent(envelope: Envelope) -> bool:
    """Return whether money of a call was granted, or planned from the funder of this envelope."""
    granted = Decision.objects.filter(need__call=envelope.call_id, amount__gt=0)
    planned = BudgetLine.objects.filter(
        funder=envelope.funder_id, mission__need__call=envelope.call_id
    )
    return granted.exists() or planned.exists()
