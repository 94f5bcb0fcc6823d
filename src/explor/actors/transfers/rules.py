"""Permissions to request a transfer and to answer it."""

from explor.actors.organisations.models import Organisation
from explor.actors.organisations.rules import can_edit
from explor.ground.http.actor import Actor

from .models import Transfer


def party_of(transfer: Transfer, actor: Actor) -> str:
    """Return the party that `actor` represents.

    Returns:
        "own" for the organisation, "giver" for its network, "receiver" for the new one, else "".
    """
    if actor.role == "reseau":
        return {transfer.giver_id: "giver", transfer.receiver_id: "receiver"}.get(
            actor.scope or 0, ""
        )
    own = transfer.organisation_id == actor.scope
    return "own" if own and actor.role == transfer.organisation.kind else ""


def can_request(actor: Actor, organisation: Organisation) -> bool:
    """Return whether `actor` may request a transfer: the organisation, or its network."""
    return can_edit(actor, organisation)


def can_answer(actor: Actor, verb: str, transfer: Transfer) -> bool:
    """Return whether `actor` may take `verb` on the transfer now.

    Only the party that requested the transfer may cancel it; each party answers only once.
    """
    party = party_of(transfer, actor)
    if not party or not transfer.workflow.allows(transfer.state, verb, actor.role):
        return False
    if verb == "call_off":
        return party == transfer.requested_by
    return getattr(transfer, f"{party}_at") is None


def parties_awaited(transfer: Transfer) -> set[str]:
    """Return the parties (own, giver or receiver) that have not consented yet."""
    consents = {
        "own": transfer.own_at,
        "giver": transfer.giver_at,
        "receiver": transfer.receiver_at,
    }
    return {party for party, at in consents.items() if at is None}


def is_agreed(transfer: Transfer) -> bool:
    """Return whether the three parties have consented."""
    return not parties_awaited(transfer)
