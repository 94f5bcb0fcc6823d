"""Who may act on the outbox and on the addresses that do not answer."""

from explor.ground.http.actor import Actor


def can_forget_bad_address(actor: Actor) -> bool:
    """Return whether `actor` trusts an address again by hand: the administration only."""
    return actor.role == "administration"


def can_retry_message(actor: Actor) -> bool:
    """Return whether `actor` sends a failed message again: the administration only."""
    return actor.role == "administration"
