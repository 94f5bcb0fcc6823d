"""Queries on seals, and the search for stored files that no document references."""

from collections.abc import Iterator
from datetime import datetime

from django.core.files.storage import default_storage

from .models import Document, Seal
from .rules import LENGTH, normalised

FOLDER = "documents"


def find_seal(typed: str) -> Seal | None:
    """Return the seal with the code `typed`, ignoring case, spaces and dashes; None if unknown."""
    return Seal.objects.filter(code=normalised(typed)[: LENGTH + 1]).first()


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
