"""Actions on a transfer: request, consent, move, refuse, cancel.

The three parties are the organisation, its current network (giver) and the new network (receiver).
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.actors.organisations.actions import join_network
from explor.actors.organisations.models import Organisation
from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.workflow.constraints import integrity_errors_as

from . import emails, rules
from .models import Transfer


@transaction.atomic
def request_transfer(
    organisation: Organisation, *, receiver: Network, message: str, by: Actor
) -> Transfer:
    """Request a transfer; the request counts as the consent of the party that makes it.

    Raises:
        PermissionDenied: `by` is neither the organisation nor its network.
        ActionNotAllowed: a transfer is already open, or `receiver` is already its network.
    """
    if not rules.can_request(by, organisation):
        raise PermissionDenied(f"{by.role} may not request this transfer")
    transfer = Transfer(
        organisation=organisation, giver=organisation.network, receiver=receiver, message=message
    )
    party = rules.party_of(transfer, by)
    transfer.requested_by = party
    setattr(transfer, f"{party}_at", timezone.now())
    with integrity_errors_as(Transfer):
        transfer.save()
    audit.log(transfer, "request_transfer", by=by, details={"to": receiver.slug})
    emails.requested(transfer)
    return transfer


def consent(transfer: Transfer, *, by: Actor, expected_version: int | None = None) -> Transfer:
    """Record the consent of the party of `by`; the third consent moves the organisation.

    Raises:
        PermissionDenied: `by` is not a party, or has consented already.
        ActionNotAllowed: the transfer is no longer open.
        EditConflict: the transfer changed since `expected_version`.
    """
    _require_can_answer(transfer, "consent", by)
    changes = {f"{rules.party_of(transfer, by)}_at": timezone.now()}
    with transaction.atomic():
        row = audit.transition(
            transfer, "consent", by=by, expected_version=expected_version, changes=changes
        )
        if rules.is_agreed(row):
            move(row, by=SYSTEM)
    return row


def move(transfer: Transfer, *, by: Actor) -> Transfer:
    """Move the organisation to its new network and notify the three parties.

    Needs and missions already begun stay in the former network. The consents are not checked here,
    see `rules.is_agreed`.

    Raises:
        PermissionDenied: `by` is not the system.
        ActionNotAllowed: the transfer is no longer open.
    """
    with transaction.atomic():
        row = audit.transition(transfer, "move", by=by)
        join_network(transfer.organisation, network=transfer.receiver, by=by)
        emails.moved(row)
    return row


def turn_down(
    transfer: Transfer, *, by: Actor, reason: str, expected_version: int | None = None
) -> Transfer:
    """Refuse the transfer for one party, with a reason; notify the three parties.

    Raises:
        PermissionDenied: `by` is not a party, or has consented already.
        ActionNotAllowed: the transfer is no longer open, or `reason` is blank.
        EditConflict: the transfer changed since `expected_version`.
    """
    _require_can_answer(transfer, "turn_down", by)
    with transaction.atomic():
        changes = {"reason": reason}
        row = audit.transition(
            transfer,
            "turn_down",
            by=by,
            expected_version=expected_version,
            reason=reason,
            changes=changes,
        )
        emails.ended(row)
    return row


def call_off(transfer: Transfer, *, by: Actor, expected_version: int | None = None) -> Transfer:
    """Cancel the transfer for the party that requested it; notify the three parties.

    Raises:
        PermissionDenied: `by` does not act for the party that requested the transfer.
        ActionNotAllowed: the transfer is no longer open.
        EditConflict: the transfer changed since `expected_version`.
    """
    _require_can_answer(transfer, "call_off", by)
    with transaction.atomic():
        row = audit.transition(transfer, "call_off", by=by, expected_version=expected_version)
        emails.ended(row)
    return row


def _require_can_answer(transfer: Transfer, verb: str, by: Actor) -> None:
    """Raise unless `by` may take `verb` now.

    Raises:
        ActionNotAllowed: the state does not allow the verb.
        PermissionDenied: `by` does not have the permission.
    """
    transfer.workflow.transition(transfer.state, verb)
    if not rules.can_answer(by, verb, transfer):
        raise PermissionDenied(f"{by.role} may not {verb}")
