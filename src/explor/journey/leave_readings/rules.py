"""Who may answer which question of the leave schemes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from .engine import LEAVE_SCHEMES, LeaveReading
from .fields import BY_KEY, FACTS, Fact

ALWAYS = ("mission.travel_days",)
# The schemes that an employer may decline, so that its own rules have a say; others are the law's.
AT_WILL = frozenset(scheme.code for scheme in LEAVE_SCHEMES if scheme.employer_may_exclude)


def questions_for(role: str, wanted: Iterable[str], *, known: Iterable[str] = ()) -> list[Fact]:
    """Return the questions that a role may answer, in the order of the table.

    Args:
        role: the role of the person, as "employeur"; the network may answer every question.
        wanted: keys of the facts that a verdict depends on.
        known: keys of the facts already answered, which may be corrected.
    """
    shown = {*wanted, *known, *ALWAYS}
    return [fact for fact in FACTS if fact.key in shown and may_answer(role, fact)]


def may_answer(role: str, fact: Fact) -> bool:
    """Return True for a role that knows the fact, or the network on its behalf."""
    return role == "reseau" or role in fact.roles


def faults(values: dict[str, Any], role: str) -> list[str]:
    """Return why these answers are refused (fact unknown, role, value), empty when they are not."""
    return [fault for key, value in values.items() if (fault := _fault(key, value, role))]


def _fault(key: str, value: Any, role: str) -> str:
    fact = BY_KEY.get(key)
    if fact is None:
        return f"Cette question n’existe pas : {key}."
    if not may_answer(role, fact):
        return f"Une autre partie répond à cette question : {fact.question}"
    if not _fits(fact, value):
        return f"Cette réponse n’est pas attendue : {fact.question}"
    return ""


def _fits(fact: Fact, value: Any) -> bool:
    if fact.kind == "yes_no":
        return isinstance(value, bool)
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= fact.most


def with_house_rules(
    readings: Iterable[LeaveReading], objections: Sequence[str]
) -> list[LeaveReading]:
    """Return the readings where what the employer's own rules object is a question to settle.

    It never closes a scheme, and never touches one that the law gives to the person.
    """
    if not objections:
        return list(readings)
    return [
        replace(each, verdict="to_check", questions=(*each.questions, *objections))
        if each.code in AT_WILL and each.verdict != "closed"
        else each
        for each in readings
    ]
