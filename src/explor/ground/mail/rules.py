"""Permissions on the outbox and on the addresses that bounce."""

from explor.ground.http.actor import Actor


def can_forget_bad_address(actor: Actor) -> bool:
    """Return whether `actor` may clear an address that bounced: administrators only."""
    return actor.role == "administration"


def can_retry_message(actor: Actor) -> bool:
    """Return whether `actor` may send a failed message again: administrators only."""
    return actor.role == "administration"
