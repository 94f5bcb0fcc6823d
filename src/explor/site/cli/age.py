"""Encryption of backups with the `age` format, by public keys; private keys are kept elsewhere.

The content is piped to the library in a thread. An archive of any size is thus encrypted while it
is written and decrypted while it is read, and is never on the disk in clear.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import IO

from pyrage import DecryptError, IdentityError, RecipientError, decrypt_io, encrypt_io
from pyrage.x25519 import Identity, Recipient

from .failure import Failure

__all__ = ["Recipient", "decrypting", "encrypting", "is_encrypted", "new_identity", "recipients_of"]
MAGIC = b"age-encryption.org/"
CHUNK = 1 << 16


class Work(Thread):
    """A thread that stores the exception that ended it."""

    fault: BaseException | None = None

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self.work = work

    def run(self) -> None:
        try:
            self.work()
        except BaseException as fault:  # noqa: BLE001 (raised again by who waits)
            self.fault = fault


def recipients_of(keys: Sequence[str]) -> list[Recipient]:
    """Return the `age` recipients for public keys (`age1...`).

    Raises:
        Failure: a text is not a public key.
    """
    recipients = []
    for key in keys:
        try:
            recipients.append(Recipient.from_str(key))
        except RecipientError as fault:
            raise Failure(f"« {key} » n’est pas une clé publique age (age1...).") from fault
    return recipients


def new_identity() -> tuple[str, str]:
    """Return a new private key and its public key."""
    made = Identity.generate()
    return str(made), str(made.to_public())


def is_encrypted(path: Path) -> bool:
    """Return whether a file is encrypted with age."""
    with path.open("rb") as content:
        return content.read(len(MAGIC)) == MAGIC


@contextmanager
def encrypting(out: IO[bytes], recipients: Sequence[Recipient]) -> Iterator[IO[bytes]]:
    """Context manager: yield a file; all bytes written to it are encrypted into `out`.

    Raises:
        Failure: the content cannot be encrypted or written.
    """
    reading, writing = os.pipe()

    def work() -> None:
        with os.fdopen(reading, "rb") as source:
            encrypt_io(source, out, list(recipients))

    thread = Work(work)
    thread.start()
    try:
        with os.fdopen(writing, "wb") as sink:
            yield sink
    except BrokenPipeError:
        thread.join()
    thread.join()
    if thread.fault:
        raise Failure(f"La sauvegarde ne peut être chiffrée : {thread.fault}") from thread.fault


@contextmanager
def decrypting(source: Path, identity: Path | None) -> Iterator[IO[bytes]]:
    """Context manager: yield a readable file with the decrypted content of `source`.

    Args:
        identity: the file of the private key of a recipient.

    Raises:
        Failure: the private key is missing or wrong, or the content is damaged or truncated.
    """
    identities = _identities(source, identity)
    reading, writing = os.pipe()

    def work() -> None:
        with source.open("rb") as content, os.fdopen(writing, "wb") as sink:
            decrypt_io(content, sink, identities)

    thread = Work(work)
    thread.start()
    try:
        with os.fdopen(reading, "rb") as content:
            yield content
            while content.read(CHUNK):  # read to the end, which proves that nothing was cut off
                pass
    except Exception:
        thread.join()
        if thread.fault and not isinstance(thread.fault, BrokenPipeError):
            raise _failure(source, thread.fault) from thread.fault
        raise
    thread.join()
    if thread.fault:
        raise _failure(source, thread.fault) from thread.fault


def _identities(source: Path, path: Path | None) -> list[Identity]:
    if path is None:
        raise Failure(
            f"{source} est chiffré : donnez la clé privée d’un destinataire (--identity FICHIER)."
        )
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
        identities = [
            Identity.from_str(line) for line in lines if line and not line.startswith("#")
        ]
    except OSError as fault:
        raise Failure(f"{path} ne se lit pas ({fault.strerror}).") from fault
    except (IdentityError, UnicodeDecodeError) as fault:
        raise Failure(f"{path} n’est pas une clé privée age (AGE-SECRET-KEY-...).") from fault
    if not identities:
        raise Failure(f"{path} ne contient aucune clé privée age.")
    return identities


def _failure(source: Path, fault: BaseException) -> Failure:
    if isinstance(fault, DecryptError) and "matching keys" in str(fault):
        return Failure(f"{source} n’est pas chiffré pour cette clé privée : rien n’est restauré.")
    return Failure(f"{source} est abîmé ou incomplet, rien n’est restauré ({fault}).")
