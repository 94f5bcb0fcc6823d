"""Queries on files: storage space, quarantine, seals, and files that no row references."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Count, Min
from django.utils import timezone

from .engine.reading import is_intact
from .models import Document, Scan, Seal, Space, owner_of
from .rules import LENGTH, MEGABYTE, Verdict, normalised, verdict_of

LATE = timedelta(minutes=30)  # time in quarantine after which a document is late


@dataclass(frozen=True, kw_only=True)
class StorageSpace:
    """The storage space of an organisation or a network, in bytes: total and used."""

    total: int
    used: int

    @property
    def left(self) -> int:
        return max(self.total - self.used, 0)

    @property
    def megabytes(self) -> int:
        return self.total // MEGABYTE


def storage_space_of(holder: models.Model) -> StorageSpace:
    """Return the storage space of an organisation or a network; infected files do not count."""
    kept = Document.objects.charged_to(holder).exclude(scan=Scan.INFECTED)
    used = kept.aggregate(sum=models.Sum("size"))["sum"] or 0
    own = Space.objects.filter(charged_to=owner_of(holder)).values_list("megabytes", flat=True)
    megabytes = own.first() or settings.SPACES[holder._meta.label_lower]
    return StorageSpace(total=megabytes * MEGABYTE, used=used)


@dataclass(frozen=True, kw_only=True)
class Quarantine:
    """The number of documents in quarantine, and whether one of them is late."""

    count: int
    is_late: bool


def quarantine() -> Quarantine:
    """Return the state of the quarantine; a document is late after half an hour."""
    held = Document.objects.waiting().aggregate(count=Count("pk"), oldest=Min("uploaded_at"))
    late = bool(held["oldest"] and held["oldest"] < timezone.now() - LATE)
    return Quarantine(count=held["count"], is_late=late)


def find_seal(code: str) -> Seal | None:
    """Return the seal with this code, ignoring case, spaces and dashes; None if unknown."""
    stored_code = normalised(code)[: LENGTH + 1]
    return Seal.objects.select_related("replaced_by").filter(code=stored_code).first()


def verdict_on(*, sha256: str, content: bytes) -> tuple[Verdict, Seal | None]:
    """Return the verdict on a file, and the seal of the document with the same bytes, or None.

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
    """Yield the names of the stored files, older than `before`, that no row references.

    All file columns are searched: documents, copies of personal data, imported files...
    """
    for folder, columns in sorted(_columns_by_folder().items()):
        for name in _files(folder):
            if _is_older(name, before) and not any(
                model._base_manager.filter(**{column: name}).exists() for model, column in columns
            ):
                yield name


def _columns_by_folder() -> dict[str, list[tuple[type[models.Model], str]]]:
    """Return {folder of the storage: (model, column name) pairs of the columns that use it}."""
    columns: defaultdict[str, list[tuple[type[models.Model], str]]] = defaultdict(list)
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.FileField):
                columns[str(field.upload_to).partition("/")[0]].append((model, field.name))
    return columns


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
