"""Who may answer which question of the leave schemes, and who may change the texts of the law."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from explor.ground.http.actor import Actor

from .engine import Cell, LeaveReading, leave_schemes
from .fields import BY_KEY, FACTS, Fact
from .models import LawAmendment
from .states import State

ALWAYS = ("mission.travel_days",)


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
    at_will = {scheme.code for scheme in leave_schemes() if scheme.employer_may_exclude}
    return [
        replace(each, verdict="to_check", questions=(*each.questions, *objections))
        if each.code in at_will and each.verdict != "closed"
        else each
        for each in readings
    ]


# Changes to the texts of the law.


def can_change_law(actor: Actor, subject: object) -> bool:
    """Return True for the coordination, which answers for the texts of the law."""
    return actor.role == "coordination"


def blockers_of_decision(actor: Actor, change: LawAmendment) -> list[str]:
    """Return why a person does not decide a change: it is their own."""
    if actor.person is not None and actor.person != change.proposed_by:
        return []
    return ["Une autre personne de la coordination décide de ce changement."]


def blockers_of_withdrawal(actor: Actor, change: LawAmendment) -> list[str]:
    """Return why a person does not withdraw a change: it is not their own."""
    if actor.person == change.proposed_by:
        return []
    return ["Seule la personne qui a proposé ce changement le retire."]


def blockers_of_approval(actor: Actor, change: LawAmendment, cell: Cell | None) -> list[str]:
    """Return why a change is not approved: own change, or the value replaced is not in force.

    Args:
        cell: the value of today, None when its row is gone.
    """
    present = cell.value if cell else None
    return blockers_of_decision(actor, change) + missing_to_apply(change.former, present)


def missing_to_apply(former: str, present: str | None) -> list[str]:
    """Return why a change does not apply: its author read another value than the one in force."""
    if former == present:
        return []
    return ["La valeur en vigueur a changé depuis : proposez de nouveau le changement."]


def is_outdated(change: LawAmendment, software: str | None) -> bool:
    """Return whether the software now says otherwise than when the change was proposed.

    It is not once it says the same as the change, or what the coordination already set aside.

    Args:
        software: the text of this version, None once its row is gone.
    """
    if change.state != State.APPROVED or change.gives_back:
        return False
    return (software or "") not in {change.software, change.value, change.kept_against}
