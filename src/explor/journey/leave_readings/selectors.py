"""Database queries on the answers to the questions of leave schemes, and on the readings kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from .fields import BY_KEY, FACTS, Fact
from .models import KeptReading, LeaveAnswer

Key = tuple[str, int | None, int | None, int | None]


@dataclass(frozen=True, kw_only=True)
class Subjects:
    """Primary keys of the rows that answers may be about; `employer` is None without one."""

    expert: int
    employer: int | None
    association: int
    need: int

    def key_of(self, fact: Fact) -> Key | None:
        """Return what identifies the answers to a fact; None when a subject of it is missing."""
        wanted = {name: getattr(self, name) for name in fact.about}
        if None in wanted.values():
            return None
        organisation = wanted.get("employer", wanted.get("association"))
        return fact.key, wanted.get("expert"), organisation, wanted.get("need")


class Answers:
    """The latest answers to the questions, those out of date left out."""

    def __init__(self, rows: Iterable[LeaveAnswer], on: date) -> None:
        """Index the answers.

        Args:
            rows: the answers, the latest first.
            on: the day on which they are read; those out of date by then are left out.
        """
        self.by_key: dict[Key, LeaveAnswer] = {}
        for row in rows:
            fact = BY_KEY.get(row.fact)
            if fact and timezone.localdate(row.at) + timedelta(days=fact.lasts) >= on:
                key = (row.fact, row.expert_id, row.organisation_id, row.need_id)
                self.by_key.setdefault(key, row)

    def given(self, subjects: Subjects) -> dict[str, LeaveAnswer]:
        """Return the answers that hold for these subjects, by key of their fact."""
        if not self.by_key:
            return {}
        keys = {fact.key: subjects.key_of(fact) for fact in FACTS}
        return {fact: self.by_key[key] for fact, key in keys.items() if key and key in self.by_key}

    def values(self, subjects: Subjects) -> dict[str, Any]:
        """Return the values that hold for these subjects, by key of their fact."""
        return {fact: answer.value for fact, answer in self.given(subjects).items()}


def answers_about(
    *, experts: Iterable[int], organisations: Iterable[int], need: int, on: date
) -> Answers:
    """Return the answers about these people, organisations and need, in one query."""
    rows = LeaveAnswer.objects.filter(
        Q(expert__in=list(experts))
        | Q(expert=None, organisation__in=list(organisations))
        | Q(expert=None, organisation=None, need=need)
    ).filter(Q(need=None) | Q(need=need))
    return Answers(rows.order_by("-pk"), on)


def answers_of(subjects: Subjects, on: date) -> Answers:
    """Return the answers that may hold for these subjects, in one query."""
    organisations = filter(None, (subjects.employer, subjects.association))
    return answers_about(
        experts=[subjects.expert], organisations=organisations, need=subjects.need, on=on
    )


def readings_of(expert: int, need: int) -> list[KeptReading]:
    """Return the readings kept for a person and a need, the first act first."""
    return list(KeptReading.objects.filter(expert=expert, need=need).order_by("pk"))


def verdict_in(reading: KeptReading, scheme: str) -> Mapping[str, Any] | None:
    """Return what a kept reading says of a scheme, None when it did not read it."""
    return next((each for each in reading.verdicts if each["code"] == scheme), None)
