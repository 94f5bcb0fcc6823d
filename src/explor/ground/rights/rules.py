"""What identifies a person or an erased one, how texts are erased, and who may request what."""

import hashlib
import hmac
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.privacy.terms import duration

if TYPE_CHECKING:
    from explor.ground.accounts.models import Person

    from .models import Copy

NAME, ADDRESS = "personne effacée", "adresse effacée"
WORD = "EFFACER"
RECENT = timedelta(minutes=15)  # maximum age of a sign-in that proves the identity of the person
STALLED = timedelta(hours=1)  # after this time, a copy that is not ready may be requested again


@dataclass(frozen=True, kw_only=True)
class Identity:
    """The texts that identify a person: present and former names, addresses, telephone.

    Names in `common` consist of common words only and are erased only where they are alone: an
    account named « de la » must not erase these words from other texts.
    """

    names: tuple[str, ...]
    common: tuple[str, ...] = ()
    emails: tuple[str, ...]
    phones: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.names, *self.common, *self.emails, *self.phones)

    def has_email(self, text: str) -> bool:
        """Return whether a text contains an e-mail address of the person."""
        return bool(self.emails) and bool(_pattern(self.emails).search(text))

    def eraser(self) -> Callable[[str], str]:
        """Return a function that removes the texts identifying the person from a text."""
        steps = [
            (_pattern(texts), instead)
            for texts, instead in ((self.emails, ADDRESS), (self.names, NAME), (self.phones, ""))
            if texts
        ]

        def erased(text: str) -> str:
            if text in self.common:
                return NAME
            for pattern, instead in steps:
                text = pattern.sub(instead, text)
            return text

        return erased


def _pattern(texts: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that matches any of `texts` as whole words, ignoring case."""
    longest = sorted(texts, key=len, reverse=True)
    inner = "|".join(re.escape(text) for text in longest)
    return re.compile(rf"(?<![\w.@+-])(?:{inner})(?![\w@-])", re.IGNORECASE)


def secrets_of_register() -> list[str]:
    """Return the keys of the register of erasures, newest first; by default the journal's key.

    With keys of its own, the register still recognises erased people after the key of the journal
    is lost or changed.
    """
    return settings.ERASURES_KEYS or [settings.JOURNAL_KEY]


def name_of_secret(secret: str) -> str:
    """Return the public identifier of a key of the register: 8 hexadecimal digits of a digest."""
    return _digest(secret, "register of erasures")[:8]


def keys_of(person: "Person") -> list[str]:
    """Return the digests by which a restored account is recognised as erased, the newest first.

    They depend on neither the name nor the address, which may differ in an older backup.
    """
    text = f"erased|{person.pk}|{person.joined_at.isoformat()}"
    return [_digest(secret, text) for secret in secrets_of_register()]


def digests_of_address(email: str) -> list[str]:
    """Return the keyed digests of an address, under each key of the register, the newest first."""
    return [_digest(secret, f"address|{email.lower()}") for secret in secrets_of_register()]


def _digest(secret: str, text: str) -> str:
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def actor_of(person: "Person") -> Actor:
    """Return an actor without a role for a person who acts on their own account."""
    return Actor(person=person.pk, name=person.name, email=person.email, role="compte")


def can_download(actor: Actor, copy: "Copy | None") -> bool:
    """Return whether `actor` may download a copy: its person, once ready, until it expires."""
    return (
        copy is not None
        and copy.person_id == actor.person
        and copy.ready_at is not None
        and copy.ready_at > timezone.now() - duration("copies")
    )


def can_request_copy(actor: Actor, copy: "Copy | None") -> bool:
    """Return whether `actor`, who must have an account, may request a copy of their data.

    Not while another copy is being made, unless it has been for longer than `STALLED`.
    """
    if copy is None or copy.status not in ("queued", "running"):
        return actor.person is not None
    return copy.requested_at < timezone.now() - STALLED


def can_erase(actor: Actor, person: "Person") -> bool:
    """Return whether `actor` may erase the account of `person`: their own only."""
    return bool(actor.person == person.pk)
