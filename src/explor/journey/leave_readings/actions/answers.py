"""Save answers to the questions of the leave schemes, and the verdicts on the day of an action."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed

from .. import rules
from ..engine import LeaveReading, as_kept
from ..fields import BY_KEY
from ..models import KeptReading, LeaveAnswer
from ..selectors import Subjects, answers_of


@transaction.atomic
def answer(subjects: Subjects, values: Mapping[str, Any], *, by: Actor) -> list[LeaveAnswer]:
    """Add a row, with its author, for each answer that differs from the valid one.

    Args:
        subjects: the rows that the answers are about.
        values: answers by key of their fact: a boolean or a number.
        by: the person who answers, or who records the answers of somebody else.

    Returns:
        The answers added.

    Raises:
        ActionNotAllowed: a fact is unknown, reserved to another role, or about an employer who is
            not registered; or its value is impossible.
    """
    if refusals := rules.blockers_of_answers(dict(values), by.role):
        raise ActionNotAllowed(*refusals)
    known = answers_of(subjects, on=timezone.localdate()).values(subjects)
    return [
        _add(subjects, fact, value, by)
        for fact, value in values.items()
        if known.get(fact) != value
    ]


def _add(subjects: Subjects, fact: str, value: Any, by: Actor) -> LeaveAnswer:
    key = subjects.key_of(BY_KEY[fact])
    if key is None:
        raise ActionNotAllowed(f"Aucun employeur n’est inscrit : {BY_KEY[fact].question}")
    _, expert, organisation, need = key
    row = LeaveAnswer.objects.create(
        fact=fact,
        expert_id=expert,
        organisation_id=organisation,
        need_id=need,
        value=value,
        by=by.name,
        role=by.role,
        on_word_of=by.acting_for,
    )
    audit.log(row, "answer_questions", by=by, details={"fact": fact})
    return row


def keep(
    readings: Iterable[LeaveReading],
    *,
    act: str,
    expert: int,
    need: int,
    start: date,
    end: date,
) -> KeptReading:
    """Save the verdicts on the leave schemes for a person and dates, as read for the action `act`.

    Args:
        readings: the verdicts.
        act: the action that depends on them, a value of `KeptReading.Act`.
        expert: the primary key of the person.
        need: the primary key of the need.
        start: the first day of the mission.
        end: the last day of the mission.
    """
    return KeptReading.objects.create(
        act=act, expert_id=expert, need_id=need, start=start, end=end, verdicts=as_kept(readings)
    )
