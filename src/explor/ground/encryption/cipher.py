"""Encryption of values by AES-256-GCM, each bound to the place where it is stored.

An encrypted value is `e1.KEY.DIGEST.CONTENT`: the identifier of its key, a digest for searching
(blank if the value is never searched), and the nonce with the encrypted text. The place and this
header are authenticated: a value that was changed, moved to another row or column, or written in
clear is refused.
"""

import hmac
import os
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

from cryptography.exceptions import InvalidTag

from .ring import Key, ring

VERSION = "e1"
NONCE = 12  # bytes
SHAPE = re.compile(r"e1\.([0-9a-f]{8})\.([0-9a-f]{32}|)\.([A-Za-z0-9_-]+)", re.ASCII)


class UnreadableValue(Exception):
    """A value cannot be decrypted; the French message says why, without the value."""


def seal(text: str, place: str, *, searched: str = "") -> str:
    """Return `text` encrypted by the newest key.

    Args:
        place: where the value is kept, such as `accounts_person.phone:12`.
        searched: the text by which the value can be found, through a keyed digest; "" for none.

    Raises:
        RingError: there is no key.
    """
    key = ring()[0]
    header = f"{VERSION}.{key.id}.{_digest(key, searched, place) if searched else ''}"
    nonce = os.urandom(NONCE)
    content = key.cipher.encrypt(nonce, text.encode(), f"{place}|{header}".encode())
    return f"{header}.{_text(nonce + content)}"


def unseal(value: str, place: str) -> str:
    """Return the decrypted text of a value stored in `place`.

    Raises:
        UnreadableValue: the value is in clear, changed or moved, or its key is missing.
        RingError: there is no key at all.
    """
    if not (parts := SHAPE.fullmatch(value)):
        raise UnreadableValue("elle n’est pas chiffrée")
    key = next((each for each in ring() if each.id == parts[1]), None)
    if key is None:
        raise UnreadableValue(f"la clé {parts[1]} manque au trousseau")
    header, _, content = value.rpartition(".")
    try:
        raw = urlsafe_b64decode(content + "=" * (-len(content) % 4))
        if _text(raw) != content:  # the same bytes in another base64 form
            raise InvalidTag
        return key.cipher.decrypt(raw[:NONCE], raw[NONCE:], f"{place}|{header}".encode()).decode()
    except (InvalidTag, ValueError) as fault:
        raise UnreadableValue("elle a été changée, ou vient d’une autre ligne") from fault


def key_of(value: str) -> str:
    """Return the identifier of the key that encrypts a value, "" for a value in clear."""
    parts = SHAPE.fullmatch(value)
    return parts[1] if parts else ""


def stored_prefixes(searched: str, place: str) -> list[str]:
    """Return the prefixes, one for each key, of the values with the digest of `searched`."""
    return [f"{VERSION}.{key.id}.{_digest(key, searched, place)}." for key in ring()]


def _digest(key: Key, searched: str, place: str) -> str:
    """Return a keyed digest of `searched`, equal in all rows of a column, different in others."""
    column = place.partition(":")[0]
    return hmac.new(key.digest_secret, f"{column}|{searched}".encode(), sha256).hexdigest()[:32]


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
