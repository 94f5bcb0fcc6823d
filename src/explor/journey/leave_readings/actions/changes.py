"""Changes to the tables of the law: propose, give back, approve, replace, decline, withdraw, keep.

One coordinator proposes a change and another one decides.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.workflow.constraints import integrity_errors_as

from .. import emails, rules, selectors
from ..engine import Cell, cell_of, faults_of_change, forget_tables, software_value
from ..models import LawAmendment
from ..states import State


@transaction.atomic
def propose_change(
    cell: Cell, *, by: Actor, former: str, value: str, source: str, read_on: date
) -> LawAmendment:
    """Propose a new value of a cell of the tables of the law; another coordinator decides.

    Args:
        former: the value in force that the page showed to the author.
        source: where the new value was found: a URL, or the reference of a legal text.
        read_on: the day on which the author read the source.

    Raises:
        ActionNotAllowed: the value is invalid or already in force, the source is blank, `read_on`
            is to come, the cell changed in the meantime, or a change of it is proposed already.
    """
    row = _draft(cell, by, value=value, source=source.strip(), read_on=read_on)
    present = _present(row)
    refusals = rules.missing_to_apply(former, present.value if present else None)
    return _proposed(row, by, [*refusals, *faults_of_change(row, timezone.localdate())])


@transaction.atomic
def give_back(
    change: LawAmendment, *, by: Actor, expected_version: int | None = None
) -> LawAmendment:
    """Propose to replace a change in force by the text shipped with Explor.

    As for any change, another coordinator decides.

    Raises:
        ActionNotAllowed: the change is not in force or already gives back the text, this text
            contradicts other changed values of the same row or scale, or a change of the cell is
            proposed already.
        EditConflict: the change was edited since `expected_version`.
    """
    change = audit.lock(change, expected_version)
    cell = cell_of(*change.place)
    if change.state != State.APPROVED or change.gives_back or cell is None:
        raise ActionNotAllowed("Ce changement n’est pas en vigueur.")
    row = _draft(
        cell,
        by,
        value=cell.software or "",
        source="Texte de cette version d’Explor",
        read_on=timezone.localdate(),
    )
    row.gives_back = True
    return _proposed(row, by, faults_of_change(row, timezone.localdate()))


def _draft(cell: Cell, by: Actor, *, value: str, source: str, read_on: date) -> LawAmendment:
    return LawAmendment(
        table=cell.table,
        key=cell.key,
        field=cell.field,
        former=cell.value,
        software=cell.software or "",
        value=value,
        source=source,
        read_on=read_on,
        proposed_by=by.person or 0,
        proposer=by.name,
    )


def _proposed(row: LawAmendment, by: Actor, refusals: list[str]) -> LawAmendment:
    """Save a proposed change and notify the other coordinators."""
    if refusals:
        raise ActionNotAllowed(*refusals)
    with integrity_errors_as(LawAmendment):
        row.save(force_insert=True)
    audit.log(row, "propose_change", by=by, target=State.PROPOSED, details=_details(row))
    emails.to_decide(row, without=by.person)
    return row


def _details(row: LawAmendment) -> dict[str, str]:
    place = "/".join(row.place)
    return {"place": place, "former": row.former, "value": row.value, "source": row.source}


@transaction.atomic
def approve_change(
    change: LawAmendment, *, by: Actor, expected_version: int | None = None
) -> LawAmendment:
    """Put a change in force in place of the former one; notify the author and every network.

    The value is checked again against the tables of today.

    Raises:
        ActionNotAllowed: the author is the one who approves, the value to replace is no longer in
            force, the new value does not fit the tables of today, or the change is decided already.
        EditConflict: the change was edited since `expected_version`.
        PermissionDenied: `by` is not a coordinator.
    """
    others = selectors.changes_about(*change.place).filter(state=State.APPROVED)
    former = others.select_for_update().first()
    refusals = rules.blockers_of_approval(by, change, _present(change))
    if not refusals:
        refusals = faults_of_change(change, timezone.localdate())
    if refusals:
        raise ActionNotAllowed(*refusals)
    if former:
        replace_change(former, by=by, later=change)
    with integrity_errors_as(LawAmendment):
        _decide(change, "approve_change", by, expected_version)
    forget_tables()
    emails.approved(change)
    return change


@transaction.atomic
def replace_change(change: LawAmendment, *, by: Actor, later: LawAmendment) -> LawAmendment:
    """Mark a change of the tables of the law as replaced by a later change.

    Raises:
        ActionNotAllowed: the change is not in force.
        PermissionDenied: `by` is not a coordinator.
    """
    return audit.transition(change, "replace_change", by=by, details={"later": later.pk})


def _present(change: LawAmendment) -> Cell | None:
    """Return the cell of a change as it is now, without the cache used by this process."""
    forget_tables()
    return cell_of(*change.place)


def _decide(
    change: LawAmendment, verb: str, by: Actor, version: int | None, reason: str = ""
) -> LawAmendment:
    decision = {"decided_by": by.person, "decider": by.name, "decided_at": timezone.now()}
    return audit.transition(
        change,
        verb,
        by=by,
        expected_version=version,
        reason=reason,
        changes=decision,
        details=_details(change),
    )


@transaction.atomic
def decline_change(
    change: LawAmendment, *, by: Actor, reason: str, expected_version: int | None = None
) -> LawAmendment:
    """Decline a change proposed by somebody else, and email the reason to its author.

    Raises:
        ActionNotAllowed: `by` is the author, the change is decided already, or `reason` is blank.
        EditConflict: the change was edited since `expected_version`.
        PermissionDenied: `by` is not a coordinator.
    """
    if refusals := rules.blockers_of_decision(by, change):
        raise ActionNotAllowed(*refusals)
    _decide(change, "decline_change", by, expected_version, reason)
    emails.declined(change, reason)
    return change


@transaction.atomic
def withdraw_change(
    change: LawAmendment, *, by: Actor, expected_version: int | None = None
) -> LawAmendment:
    """Withdraw a change before its decision.

    Raises:
        ActionNotAllowed: `by` is not the author, or the change is decided or withdrawn already.
        EditConflict: the change was edited since `expected_version`.
        PermissionDenied: `by` is not a coordinator.
    """
    if refusals := rules.blockers_of_withdrawal(by, change):
        raise ActionNotAllowed(*refusals)
    return audit.transition(change, "withdraw_change", by=by, expected_version=expected_version)


@transaction.atomic
def keep_own(
    change: LawAmendment, *, by: Actor, expected_version: int | None = None
) -> LawAmendment:
    """Keep a change in force although a new version of Explor ships another text.

    The coordination is not asked again until the shipped text changes again. One person decides,
    as the text in force does not change.

    Raises:
        ActionNotAllowed: this version of Explor ships no newer text, see `rules.is_outdated`.
        EditConflict: the change was edited since `expected_version`.
        PermissionDenied: `by` is not a coordinator.
    """
    newer = software_value(*change.place)
    if not rules.is_outdated(change, newer):
        raise ActionNotAllowed("Explor ne propose pas de texte plus récent.")
    return audit.transition(
        change,
        "keep_own",
        by=by,
        expected_version=expected_version,
        changes={"kept_against": newer or ""},
        details={"software": newer or ""},
    )
