"""Queries on leave questions: answers, saved verdicts, lending rules, and changes to the law."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from explor.actors.experts.models import Expert
from explor.actors.lending import rules as lending
from explor.actors.lending.models import LendingRules
from explor.actors.lending.selectors import rules_by_employer
from explor.actors.networks.models import Coordinator
from explor.ground.accounts.models import Person
from explor.ground.rights.selectors import records
from explor.ground.ui import hooks
from explor.journey.needs.models import Need

from .fields import BY_KEY, FACTS, Fact
from .models import KeptReading, LawAmendment, LeaveAnswer
from .states import State

hooks.define(
    "leave_readings:days_taken",
    "callable(experts, need) -> {expert: {year: days}}: days that these experts already take for "
    "other needs, agreed with their present employer",
)

Key = tuple[str, int | None, int | None, int | None]


@dataclass(frozen=True, kw_only=True)
class Subjects:
    """Primary keys of the rows that answers may be about; `employer` is None without employer."""

    expert: int
    employer: int | None
    association: int
    need: int

    def key_of(self, fact: Fact) -> Key | None:
        """Return the lookup key of the answers to a fact; None when a subject is missing."""
        wanted = {name: getattr(self, name) for name in fact.about}
        if None in wanted.values():
            return None
        organisation = wanted.get("employer", wanted.get("association"))
        return fact.key, wanted.get("expert"), organisation, wanted.get("need")


class Answers:
    """The latest answers to the questions of the leave schemes that are still valid on a day."""

    def __init__(self, rows: Iterable[LeaveAnswer], on: date) -> None:
        """Index the answers.

        Args:
            rows: the answers, the latest first.
            on: the day of use; answers out of date on that day are left out.
        """
        self.by_key: dict[Key, LeaveAnswer] = {}
        for row in rows:
            fact = BY_KEY.get(row.fact)
            if fact and timezone.localdate(row.at) + timedelta(days=fact.lasts) >= on:
                key = (row.fact, row.expert_id, row.organisation_id, row.need_id)
                self.by_key.setdefault(key, row)

    def given(self, subjects: Subjects) -> dict[str, LeaveAnswer]:
        """Return the answers that apply to these subjects, by key of their fact."""
        if not self.by_key:
            return {}
        keys = {fact.key: subjects.key_of(fact) for fact in FACTS}
        return {fact: self.by_key[key] for fact, key in keys.items() if key and key in self.by_key}

    def values(self, subjects: Subjects) -> dict[str, Any]:
        """Return the values that apply to these subjects, by key of their fact."""
        return {fact: answer.value for fact, answer in self.given(subjects).items()}


def answers_about(
    *, experts: Iterable[int], organisations: Iterable[int], needs: Iterable[int], on: date
) -> Answers:
    """Return the answers about these people, organisations and needs, in one query."""
    served = list(needs)
    rows = LeaveAnswer.objects.filter(
        Q(expert__in=list(experts))
        | Q(expert=None, organisation__in=list(organisations))
        | Q(expert=None, organisation=None, need__in=served)
    ).filter(Q(need=None) | Q(need__in=served))
    return Answers(rows.order_by("-pk"), on)


def answers_of(*subjects: Subjects, on: date) -> Answers:
    """Return the answers that may apply to any of these subjects, in one query."""
    employers = (each.employer for each in subjects if each.employer is not None)
    return answers_about(
        experts=[each.expert for each in subjects],
        organisations=[*employers, *(each.association for each in subjects)],
        needs=[each.need for each in subjects],
        on=on,
    )


def readings_of(expert: int, need: int) -> list[KeptReading]:
    """Return the verdicts saved for a person and a need, the oldest first."""
    return list(KeptReading.objects.filter(expert=expert, need=need).order_by("pk"))


def verdict_in(reading: KeptReading, scheme: str) -> Mapping[str, Any] | None:
    """Return the saved verdict on the scheme with the code `scheme`, None if there is none.

    Its keys are those of `engine.as_kept`.
    """
    return next((each for each in reading.verdicts if each["code"] == scheme), None)


def days_taken(experts: Iterable[int], need: int) -> dict[int, Mapping[int, int]]:
    """Return, by expert and civil year, the days agreed with the employer for other needs."""
    wanted = list(experts)
    taken: dict[int, Mapping[int, int]] = {}
    for read in hooks.get("leave_readings:days_taken"):
        taken |= read(wanted, need)
    return taken


def house_objections(
    person: Expert, need: int, start: date, end: date, received: date
) -> list[str]:
    """Return the objections to dates from the lending rules of a person's employer, in French.

    Args:
        person: the expert; the list is empty without registered employer.
        need: the primary key of the need, whose own days are not counted twice.
        start: the first day of the mission.
        end: the last day of the mission.
        received: the day from which the notice counts.
    """
    employer = person.employer_id
    own = rules_by_employer([employer]).get(employer) if employer else None
    if own is None:
        return []
    taken = _taken([person.pk], own, need).get(person.pk)
    return lending.objections(own, start=start, end=end, received=received, taken=taken)


def _taken(experts: list[int], own: LendingRules, need: int) -> Mapping[int, Mapping[int, int]]:
    """Return the days taken by expert and year; empty when the rules limit no days a year."""
    return days_taken(experts, need) if own.days_a_year else {}


def house_objections_of_all(people: Iterable[Expert], need: Need, on: date) -> dict[int, list[str]]:
    """Return the objections of employers' lending rules to a need's window, by expert.

    Keys are primary keys of experts; experts without objection are left out. Empty for a need
    without window or duration.
    """
    if need.window_start is None or need.window_end is None or need.days is None:
        return {}
    employed = [each for each in people if each.employer_id]
    own = rules_by_employer({each.employer_id for each in employed if each.employer_id})
    concerned = [each for each in employed if each.employer_id in own]
    counted = [each.pk for each in concerned if own[each.employer_id or 0].days_a_year]
    taken = days_taken(counted, need.pk) if counted else {}
    objected = {
        each.pk: lending.objections_in_window(
            own[each.employer_id or 0],
            first=need.window_start,
            last=need.window_end,
            days=need.days,
            received=on,
            taken=taken.get(each.pk),
        )
        for each in concerned
    }
    return {pk: objections for pk, objections in objected.items() if objections}


def changes_in_force() -> "QuerySet[LawAmendment]":
    """Return the approved changes, except those that restore the text shipped with Explor."""
    rows = LawAmendment.objects.filter(state=State.APPROVED, gives_back=False)
    return rows.order_by("pk")


def changes_proposed() -> "QuerySet[LawAmendment]":
    """Return the changes that await a second person, the oldest first."""
    return LawAmendment.objects.filter(state=State.PROPOSED).order_by("pk")


def changes_about(table: str, key: str, field: str) -> "QuerySet[LawAmendment]":
    """Return every change of one cell, the latest first."""
    return LawAmendment.objects.filter(table=table, key=key, field=field).order_by("-pk")


def colleagues_of(person: int | None) -> list[str]:
    """Return the e-mail addresses of the active coordinators other than this person."""
    rows = Coordinator.objects.filter(person__is_active=True).exclude(person=person)
    return list(rows.order_by("pk").values_list("person__email", flat=True))


def own_answers(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the answers about the employment of a person, for the copy of their data."""
    own = LeaveAnswer.objects.filter(expert__person=person)
    yield from records(own, without=("by", "on_word_of"))


def own_readings(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the verdicts saved for a person, for the copy of their data."""
    own = KeptReading.objects.filter(expert__person=person)
    yield from records(own, also={"besoin": "need__title"})
