"""The Ed25519 key pair with which the worker seals the blocks of the journal.

The web processes need only the file of public keys.
"""

import os
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings


class JournalKeyError(Exception):
    """The key cannot seal: it is missing or unreadable; the French message says why."""


def key_path() -> Path:
    """Return the path of the private key, which may not exist or may be unreadable for the site."""
    return Path(settings.JOURNAL_SEAL_KEY)


def public_path() -> Path:
    """Return the path of the public keys: one per line in hexadecimal, the current one last."""
    return Path(settings.JOURNAL_PUBLIC_KEYS)


def sign(text: str) -> str:
    """Return the signature of `text` by the private key of the journal, in hexadecimal.

    Outside production, a missing key in the data folder is created, so that demonstrations and
    tests need no preparation.

    Raises:
        JournalKeyError: the key is missing or unreadable, or cannot be created.
    """
    path = key_path()
    if not path.exists() and not settings.PRODUCTION and path.is_relative_to(settings.VAR):
        try:
            create_key()
        except FileExistsError:
            pass  # another process has just created the key
        except OSError as fault:
            raise JournalKeyError(f"{path} ne s’écrit pas ({fault.strerror})") from fault
    return load_key().sign(text.encode()).hex()


def load_key() -> Ed25519PrivateKey:
    """Return the private key, reloaded when its file changes.

    Raises:
        JournalKeyError: the key is missing or unreadable.
    """
    path = key_path()
    try:
        return _private(path, _version(path))
    except OSError as fault:
        raise JournalKeyError(f"{path} ne se lit pas ({fault.strerror})") from fault
    except (ValueError, TypeError, UnsupportedAlgorithm) as fault:
        raise JournalKeyError(f"{path} ne contient pas une clé Ed25519") from fault


def public_of(key: Ed25519PrivateKey) -> str:
    """Return the public half of a key, in hexadecimal."""
    return key.public_key().public_bytes_raw().hex()


def is_signed(text: str, seal: str) -> bool:
    """Return whether `seal` is a signature of `text` by a key of the journal, even a former one."""
    return any(_has_signed(key, text, seal) for key in public_keys())


def public_keys() -> tuple[str, ...]:
    """Return the public keys in hexadecimal, the current one last; () if their file is missing."""
    path = public_path()
    try:
        return _public(path, _version(path))
    except OSError:
        return ()


def create_key() -> str:
    """Create a private key that only the current OS user can read; return its public key.

    The public key is first added to the keys that verify the journal.

    Raises:
        FileExistsError: the file of the private key exists; a key is never overwritten.
    """
    path = key_path()
    if path.exists():
        raise FileExistsError(path)
    private = Ed25519PrivateKey.generate()
    public = public_of(private)
    trust([public])  # the public key is added first: without it, a seal would look forged
    content = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    write_private(path, content)
    return public


def set_aside() -> Path | None:
    """Rename the private key file with its modification time; return the new path, or None."""
    path = key_path()
    if not path.exists():
        return None
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return path.rename(path.with_name(f"{path.stem}-{changed:%Y%m%d%H%M%S}{path.suffix}"))


def trust(public: Iterable[str]) -> None:
    """Add public keys, in hexadecimal, to the keys that verify the journal."""
    path = public_path()
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    with path.open("a") as out:
        out.writelines(f"{each}\n" for each in public if each not in public_keys())


def write_private(path: Path, content: bytes) -> None:
    """Create a file that only the current OS user can read; leave no partial file on failure.

    Raises:
        FileExistsError: the file exists.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        path.hardlink_to(draft)
    finally:
        draft.unlink()


def _version(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=4)
def _private(path: Path, version: tuple[int, int]) -> Ed25519PrivateKey:
    key = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(path)
    return key


@lru_cache(maxsize=4)
def _public(path: Path, version: tuple[int, int]) -> tuple[str, ...]:
    return tuple(line.strip() for line in path.read_text().splitlines() if line.strip())


def _has_signed(key: str, text: str, seal: str) -> bool:
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        public.verify(bytes.fromhex(seal), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True
