"""Verification of organisations and its yearly check, and the move to another network."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.workflow.apart import each_apart

from .. import emails, rules
from ..models import Organisation
from ..states import State


def verify(
    organisation: Organisation, *, by: Actor, expected_version: int | None = None
) -> Organisation:
    """Mark an organisation as verified until its next yearly check; notify its members.

    Raises:
        PermissionDenied: `by` does not act for a network.
        ActionNotAllowed: the state does not allow it, or a paper or a field is missing, see
            `rules.missing_to_verify`.
        EditConflict: the organisation changed since `expected_version`.
    """
    with transaction.atomic():
        audit.transition(
            organisation,
            "verify",
            by=by,
            expected_version=expected_version,
            check=rules.missing_to_verify,
            changes={"refusal": "", **_until(organisation)},
        )
        emails.verified(organisation)
    return organisation


def verify_again(
    organisation: Organisation, *, by: Actor, expected_version: int | None = None
) -> Organisation:
    """Renew the yearly verification of an organisation; notify its members.

    Raises:
        PermissionDenied: `by` does not act for a network.
        ActionNotAllowed: the state does not allow it, or a paper or a field is missing, see
            `rules.missing_to_verify`.
        EditConflict: the organisation changed since `expected_version`.
    """
    check, changes = rules.missing_to_verify, _until(organisation)
    with transaction.atomic():
        audit.transition(
            organisation,
            "verify_again",
            by=by,
            expected_version=expected_version,
            check=check,
            changes=changes,
        )
        emails.verified_again(organisation)
    return organisation


def refuse(
    organisation: Organisation, *, by: Actor, reason: str, expected_version: int | None = None
) -> Organisation:
    """Refuse the registration of an organisation, and send the reason to its members.

    Raises:
        PermissionDenied: `by` does not act for a network.
        ActionNotAllowed: the state does not allow it, or `reason` is blank.
        EditConflict: the organisation changed since `expected_version`.
    """
    with transaction.atomic():
        audit.transition(
            organisation,
            "refuse",
            by=by,
            expected_version=expected_version,
            reason=reason,
            changes={"refusal": reason},
        )
        emails.refused(organisation)
    return organisation


def register_again(
    organisation: Organisation, *, by: Actor, expected_version: int | None = None
) -> Organisation:
    """Submit a refused registration again; notify the network.

    Raises:
        PermissionDenied: `by` does not act for an organisation.
        ActionNotAllowed: the registration is not refused.
        EditConflict: the organisation changed since `expected_version`.
    """
    with transaction.atomic():
        audit.transition(organisation, "register_again", by=by, expected_version=expected_version)
        emails.registered(organisation)
    return organisation


def suspend(
    organisation: Organisation, *, by: Actor, reason: str, expected_version: int | None = None
) -> Organisation:
    """Suspend an organisation and notify its members.

    The organisation keeps its needs and missions but cannot open new ones.

    Raises:
        PermissionDenied: `by` does not act for a network.
        ActionNotAllowed: the state does not allow it, or `reason` is blank.
        EditConflict: the organisation changed since `expected_version`.
    """
    with transaction.atomic():
        audit.transition(
            organisation, "suspend", by=by, expected_version=expected_version, reason=reason
        )
        emails.suspended(organisation)
    return organisation


def fall_due(organisation: Organisation, *, by: Actor) -> Organisation:
    """Mark the yearly check as overdue; notify the members and the network.

    Needs and missions that have already begun continue.

    Raises:
        PermissionDenied: `by` is not the system.
        ActionNotAllowed: the organisation is not verified.
    """
    with transaction.atomic():
        audit.transition(organisation, "fall_due", by=by)
        emails.fallen_due(organisation)
    return organisation


def watch(today: date) -> None:
    """Send one reminder a month before each yearly check, and mark the checks that are overdue.

    An organisation that raises an error does not prevent the others.
    """
    verified = Organisation.objects.filter(state=State.VERIFIED).select_related("network")
    soon = Q(verified_until__lt=today) | Q(reminded_on=None)

    def follow(organisation: Organisation) -> int:
        if organisation.verified_until and organisation.verified_until < today:
            fall_due(organisation, by=SYSTEM)
            return 1
        version = organisation.version  # if two jobs run at once, the second one fails
        changes = {"reminded_on": today}
        audit.update(organisation, "remind", by=SYSTEM, expected_version=version, changes=changes)
        emails.due_soon(organisation)
        return 1

    due = verified.filter(soon, verified_until__lte=today + rules.NOTICE)
    each_apart(due.order_by("pk"), follow, name="watch")


def join_network(organisation: Organisation, *, network: Network, by: Actor) -> Organisation:
    """Move the organisation to another network."""
    return audit.update(organisation, "join_network", by=by, changes={"network": network})


def _until(organisation: Organisation) -> dict[str, Any]:
    until = rules.next_check(organisation, timezone.localdate())
    return {"verified_until": until, "reminded_on": None}
