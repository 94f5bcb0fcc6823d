"""Permissions on the outbox and on the addresses that bounce."""

from explor.ground.http.actor import Actor

from .models import Message

# The messages about an account itself, which its owner reads even when it is locked.
ABOUT_ACCOUNT = ("account.", "accounts.", "rights.")
# Those about the public directory, which anybody reads.
PUBLIC = ("follow", "news")


def can_forget_bad_address(actor: Actor) -> bool:
    """Return whether `actor` may clear an address that bounced: administrators only."""
    return actor.role == "administration"


def can_retry_message(actor: Actor) -> bool:
    """Return whether `actor` may send a failed message again: administrators only."""
    return actor.role == "administration"


def needs_open_account(message: Message) -> bool:
    """Return whether a message is about files, which a person reads only with an open account.

    A `secret` one holds a personal link, whose holder needs no account: several people may share
    the address of one that is locked, as that of a town hall.
    """
    open_to_all = message.secret or message.kind in PUBLIC
    return not (open_to_all or message.kind.startswith(ABOUT_ACCOUNT))
