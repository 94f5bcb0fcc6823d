"""The ring of encryption keys, read from a setting, or else from a private file.

The ring is separate from SECRET_KEY, which may change, and from the database and the backups, which
it protects. The first key is the newest and encrypts; the others only decrypt.
"""

import os
import secrets
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

SIZE = 32  # bytes of a key


class RingError(Exception):
    """The ring of encryption keys cannot be used; the French message says why."""


@dataclass(frozen=True, kw_only=True)
class Key:
    """An encryption key of the ring: its public identifier, its cipher, and its digest secret."""

    id: str
    cipher: AESGCM
    digest_secret: bytes


def ring_path() -> Path:
    """Return the path of the file of encryption keys, used when the setting is blank."""
    return Path(settings.ENCRYPTION_RING)


def is_in_file() -> bool:
    """Return whether the encryption keys (the ring) are in a file instead of the setting."""
    return not settings.ENCRYPTION_KEYS


def ring() -> tuple[Key, ...]:
    """Return the keys, newest first; the file is read again when it changes.

    Outside production, a missing file in the data folder is created, so that demonstrations and
    tests need no preparation.

    Raises:
        RingError: there is no key, or one is malformed.
    """
    if not is_in_file():
        return _parsed(settings.ENCRYPTION_KEYS.replace(",", "\n"), "EXPLOR_ENCRYPTION_KEYS")
    path = ring_path()
    if not path.exists() and not settings.PRODUCTION and path.is_relative_to(settings.VAR):
        _write(path, f"{new_key()}\n", once=True)
    return _parsed(_read(path), str(path))


def new_key() -> str:
    """Return a new random key in the format of the setting and of the file."""
    return secrets.token_urlsafe(SIZE)


def put_first(key: str) -> None:
    """Add a key at the start of the file of keys; it encrypts the values saved from now on.

    The file is created if missing.

    Raises:
        RingError: the file cannot be written, or its content is not a ring of keys.
    """
    path = ring_path()
    is_first = not path.exists()
    former = "" if is_first else _read(path)
    if _lines(former):
        _parsed(former, str(path))
    _write(path, f"{key}\n{former}", once=is_first)


def text_of_ring() -> str:
    """Return the encryption keys in the format of the setting, for another process.

    Raises:
        RingError: the file of keys cannot be read, holds no key, or one is malformed.
    """
    if not is_in_file():
        return str(settings.ENCRYPTION_KEYS)
    ring()
    return ",".join(_lines(_read(ring_path())))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        reason = getattr(fault, "strerror", None) or "ce n’est pas un texte"
        raise RingError(f"{path} ne se lit pas ({reason})") from fault


def _lines(text: str) -> list[str]:
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


@lru_cache(maxsize=8)
def _parsed(text: str, place: str) -> tuple[Key, ...]:
    keys = tuple(_key(line, place) for line in _lines(text))
    if not keys:
        raise RingError(f"{place} ne contient aucune clé")
    return keys


def _key(text: str, place: str) -> Key:
    try:
        secret = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        secret = b""
    if len(secret) != SIZE:
        raise RingError(f"{place} : chaque clé est faite de {SIZE} octets, en base64 pour les URL")
    return Key(
        id=sha256(b"explor key id" + secret).hexdigest()[:8],
        cipher=AESGCM(_derived(secret, b"explor values")),
        digest_secret=_derived(secret, b"explor digests"),
    )


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=SIZE, salt=None, info=purpose).derive(secret)


def _write(path: Path, text: str, *, once: bool) -> None:
    """Write the file of keys atomically, readable by the current OS user only.

    Args:
        path: the file to write.
        text: the keys.
        once: do not overwrite a file that another process has just created.

    Raises:
        RingError: the file cannot be written.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                out.write(text)
                out.flush()
                os.fsync(out.fileno())
            if once:
                path.hardlink_to(draft)
            else:
                draft.replace(path)
        except FileExistsError:
            pass
        finally:
            draft.unlink(missing_ok=True)
    except OSError as fault:
        raise RingError(f"{path} ne s’écrit pas ({fault.strerror})") from fault
