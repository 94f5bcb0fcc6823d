"""Reads of documents and seals."""

from collections.abc import Iterator
from datetime import datetime

from django.core.files.storage import default_storage

from .models import Document, Seal
from .rules import LENGTH, normalised

FOLDER = "documents"


def find_seal(typed: str) -> Seal | None:
    """The seal whose code was typed, however it was typed; one look-up in a unique index."""
    return Seal.objects.filter(code=normalised(typed)[: LENGTH + 1]).first()


def orphans(before: datetime) -> Iterator[str]:
    """Files that no row names, written before an instant: what an act undone left behind."""
    for name in _files(FOLDER):
        if _is_older(name, before) and not Document.objects.filter(file=name).exists():
            yield name


def _is_older(name: str, before: datetime) -> bool:
    """Whether a file was last written before an instant; one that is gone meanwhile was not."""
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
