"""Queries on seals, verified files, and stored files that no document references."""

from collections.abc import Iterator
from datetime import datetime

from django.core.files.storage import default_storage

from .engine.reading import is_intact
from .models import Document, Seal
from .rules import LENGTH, Verdict, normalised, verdict_of

FOLDER = "documents"


def find_seal(typed: str) -> Seal | None:
    """Return the seal with the code `typed`, ignoring case, spaces and dashes; None if unknown."""
    code = normalised(typed)[: LENGTH + 1]
    return Seal.objects.select_related("replaced_by").filter(code=code).first()


def verdict_on(*, sha256: str, content: bytes) -> tuple[Verdict, Seal | None]:
    """Return the verdict on a file, with the seal of the document that it is a copy of, if any.

    Args:
        sha256: the SHA-256 digest of the file, in hexadecimal.
        content: the bytes of the file, read only when no document has this digest.
    """
    seal = Seal.objects.select_related("replaced_by").filter(sha256=sha256).first()
    intact = None if seal else is_intact(content, _sealed_with)
    return verdict_of(seal, intact=intact), seal


def _sealed_with(certificate: str) -> bool:
    return Seal.objects.filter(certificate=certificate).exists()


def orphans(before: datetime) -> Iterator[str]:
    """Yield the names of the stored files, older than `before`, that no document references."""
    for name in _files(FOLDER):
        if _is_older(name, before) and not Document.objects.filter(file=name).exists():
            yield name


def _is_older(name: str, before: datetime) -> bool:
    """Return whether a file was last written before `before`; False when it no longer exists."""
    try:
        return default_storage.get_modified_time(name) < before
    except FileNotFoundError:
        return False


def _files(folder: str) -> Iterator[str]:
    if default_storage.exists(folder):
        folders, names = default_storage.listdir(folder)
        yield from (f"{folder}/{name}" for name in names)
        for inner in folders:
            yield from _files(f"{folder}/{inner}")
