"""Permissions on the outbox and bouncing addresses, and conditions to send a message."""

from explor.ground.http.actor import Actor

from .models import Delivery, Message

# What replaces the text of a message with a personal link or a code, once the message is sent.
FORGOTTEN = "Ce message portait un code ou un lien personnel : son texte n’est pas gardé."

# The messages about an account itself, which its owner receives even when the account is locked.
ABOUT_ACCOUNT = ("account.", "accounts.", "rights.")
# The messages that a person without an account subscribed to, at an address that may be shared.
WITHOUT_ACCOUNT = ("follow", "news", "nominations.nominate")


def can_forget_bad_address(actor: Actor) -> bool:
    """Return whether `actor` may clear an address that bounced: administrators only."""
    return actor.role == "administration"


def can_retry_message(actor: Actor) -> bool:
    """Return whether `actor` may send a failed message again: administrators only."""
    return actor.role == "administration"


def missing_to_retry(message: Message) -> list[str]:
    """Return in French why a message cannot be sent again; [] when it can.

    Reasons: it has not failed, its text and address are erased, or its personal link is not stored.
    """
    if message.delivery != Delivery.FAILED:
        return ["Ce message n’est plus en échec."]
    if not message.to:
        return ["Ce message est arrivé à son terme : son texte et son adresse sont effacés."]
    if message.body == FORGOTTEN:
        return ["Son lien personnel n’est pas gardé : faites-en partir un nouveau."]
    return []


def needs_open_account(message: Message) -> bool:
    """Return whether a message may not be sent to the address of a locked account.

    Only messages about the account itself and subscriptions without account may be sent. A signing
    link may not.
    """
    return not (message.kind in WITHOUT_ACCOUNT or message.kind.startswith(ABOUT_ACCOUNT))
