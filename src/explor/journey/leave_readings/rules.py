"""Who may answer which question of the leave schemes, and who may change the tables of the law."""

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
    """Return True for a role that knows the fact, and for the network on behalf of this role."""
    return role == "reseau" or role in fact.roles


def blockers_of_answers(values: dict[str, Any], role: str) -> list[str]:
    """Return why answers are refused (unknown fact, wrong role or value); empty when valid."""
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
    """Return the verdicts with the objections of the employer's lending rules added as questions.

    Only schemes that the employer may exclude change: open becomes to check. Closed schemes, and
    those that the law grants to the person, are unchanged.
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


# Changes to the tables of the law.


def can_change_law(actor: Actor, subject: object) -> bool:
    """Return True for the coordination, responsible for the tables of the law.

    `subject` is unused.
    """
    return actor.role == "coordination"


def blockers_of_decision(actor: Actor, change: LawAmendment) -> list[str]:
    """Return why an actor cannot decide on a change, empty for a person who is not its author.

    The role of the person and the state of the change are not checked.
    """
    if actor.person is not None and actor.person != change.proposed_by:
        return []
    return ["Une autre personne de la coordination décide de ce changement."]


def blockers_of_withdrawal(actor: Actor, change: LawAmendment) -> list[str]:
    """Return why a person cannot withdraw a change: it is not their own; empty when they can."""
    if actor.person == change.proposed_by:
        return []
    return ["Seule la personne qui a proposé ce changement le retire."]


def blockers_of_approval(actor: Actor, change: LawAmendment, cell: Cell | None) -> list[str]:
    """Return why a change cannot be approved, empty when it can.

    Reasons: the person is its author, or the value that it replaces is no longer in force.

    Args:
        cell: the cell as it is today, None when its row no longer exists.
    """
    present = cell.value if cell else None
    return blockers_of_decision(actor, change) + missing_to_apply(change.former, present)


def missing_to_apply(former: str, present: str | None) -> list[str]:
    """Return a reason when the value in force is not the value that the author saw; else empty."""
    if former == present:
        return []
    return ["La valeur en vigueur a changé depuis : proposez de nouveau le changement."]


def is_outdated(change: LawAmendment, shipped_text: str | None) -> bool:
    """Return whether Explor now ships, for the cell of an approved change, a text not yet compared.

    The shipped text must differ from the text shipped when the change was proposed, from the value
    of the change, and from the text against which the coordination last kept the change. Always
    False for a change that is not approved, or that restores the shipped text.

    Args:
        shipped_text: the text of the cell in the tables of this version of Explor; None if its row
            no longer exists.
    """
    if change.state != State.APPROVED or change.gives_back:
        return False
    return (shipped_text or "") not in {change.software, change.value, change.kept_against}
