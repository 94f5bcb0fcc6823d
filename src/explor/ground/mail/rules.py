"""Who may act on the outbox and on the addresses that do not answer."""

from explor.ground.http.actor import Actor


def can_forget_bad_address(actor: Actor) -> bool:
    """Only the administration trusts an address again by hand."""
    return actor.role == "administration"


def can_retry_message(actor: Actor) -> bool:
    """Only the administration sends again a message that was not delivered."""
    return actor.role == "administration"
