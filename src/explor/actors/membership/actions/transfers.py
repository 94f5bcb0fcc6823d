"""An organisation goes to another network, with the consent of all three."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.actors.organisations.actions import join_network
from explor.actors.organisations.models import Organisation
from explor.ground.common.actor import SYSTEM, Actor
from explor.ground.common.conflict import Refused
from explor.ground.journal.actions import apply, record

from .. import emails, rules
from ..models import Transfer


@transaction.atomic
def ask_transfer(
    organisation: Organisation, *, receiver: Network, message: str, by: Actor
) -> Transfer:
    """The organisation, or the network that follows it, asks; asking is consenting."""
    transfer = Transfer(
        organisation=organisation, giver=organisation.network, receiver=receiver, message=message
    )
    party = rules.party_of(transfer, by)
    transfer.asked_by = party
    setattr(transfer, f"{party}_at", timezone.now())
    try:
        with transaction.atomic():
            transfer.save()
    except IntegrityError as error:
        for constraint in Transfer._meta.constraints:
            if constraint.name in str(error):
                raise Refused(str(constraint.violation_error_message)) from error
        raise
    record(transfer, "ask_transfer", by=by, details={"to": receiver.slug})
    emails.asked(transfer)
    return transfer


def consent(transfer: Transfer, *, by: Actor, seen: int | None = None) -> Transfer:
    """One of the three says yes; the last yes moves the organisation."""
    _party(transfer, "consent", by)
    changes = {f"{rules.party_of(transfer, by)}_at": timezone.now()}
    with transaction.atomic():
        moved = apply(transfer, "consent", by=by, seen=seen, changes=changes)
        if rules.is_agreed(moved):
            move(moved, by=SYSTEM)
    return moved


def move(transfer: Transfer, *, by: Actor) -> Transfer:
    """The organisation is followed by its new network; what was begun stays where it is."""
    with transaction.atomic():
        moved = apply(transfer, "move", by=by)
        join_network(transfer.organisation, network=transfer.receiver, by=by)
        emails.moved(moved)
    return moved


def turn_down(transfer: Transfer, *, by: Actor, reason: str, seen: int | None = None) -> Transfer:
    """One of the three says no, and why: nothing changes."""
    _party(transfer, "turn_down", by)
    with transaction.atomic():
        changes = {"reason": reason}
        ended = apply(transfer, "turn_down", by=by, seen=seen, reason=reason, changes=changes)
        emails.ended(ended)
    return ended


def call_off(transfer: Transfer, *, by: Actor, seen: int | None = None) -> Transfer:
    """Who asked no longer asks."""
    _party(transfer, "call_off", by)
    with transaction.atomic():
        ended = apply(transfer, "call_off", by=by, seen=seen)
        emails.ended(ended)
    return ended


def _party(transfer: Transfer, verb: str, by: Actor) -> None:
    """Whoever acts speaks for one of the three, and has not answered yet."""
    transfer.workflow.transition(transfer.state, verb)
    if not rules.can(by, verb, transfer):
        raise PermissionDenied(f"{by.hat} may not {verb}")
