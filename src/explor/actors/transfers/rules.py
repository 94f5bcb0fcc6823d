"""Who may request a transfer and answer one."""

from explor.actors.organisations.models import Organisation
from explor.actors.organisations.rules import can_edit
from explor.ground.http.actor import Actor

from .models import Transfer


def party_of(transfer: Transfer, actor: Actor) -> str:
    """Return the party for which `actor` speaks: own, giver, receiver or "" for none."""
    if actor.role == "reseau":
        return {transfer.giver_id: "giver", transfer.receiver_id: "receiver"}.get(
            actor.scope or 0, ""
        )
    own = transfer.organisation_id == actor.scope
    return "own" if own and actor.role == transfer.organisation.kind else ""


def can_request(actor: Actor, organisation: Organisation) -> bool:
    """Return whether `actor` may request to move the organisation to another network."""
    return can_edit(actor, organisation)


def can_answer(actor: Actor, verb: str, transfer: Transfer) -> bool:
    """Return whether `actor` may take `verb` now.

    Only the party that requested it may call the transfer off; a party consents or refuses once.
    """
    party = party_of(transfer, actor)
    if not party or not transfer.workflow.allows(transfer.state, verb, actor.role):
        return False
    if verb == "call_off":
        return party == transfer.requested_by
    return getattr(transfer, f"{party}_at") is None


def parties_awaited(transfer: Transfer) -> set[str]:
    """Return the parties that have not consented, among own, giver and receiver."""
    consents = {
        "own": transfer.own_at,
        "giver": transfer.giver_at,
        "receiver": transfer.receiver_at,
    }
    return {party for party, at in consents.items() if at is None}


def is_agreed(transfer: Transfer) -> bool:
    """Return whether the three parties have consented."""
    return not parties_awaited(transfer)
