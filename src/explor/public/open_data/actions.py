"""The files are made anew."""

import hashlib
from tempfile import TemporaryFile
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from explor.public.directory import selectors as directory

from . import queries
from .models import Dataset

SOON = 20  # seconds during which several changes are written together
LOCK = "datasets"


def make_all() -> int:
    """Make every file; returns how many changed."""
    return sum(make(name) for name in queries.WRITERS)


def make(name: str) -> bool:
    """Make one file and put it in place of the former; False when it says the same.

    Written aside first, so that whoever is taking the former file has it to the end.
    """
    seen: dict[str, Any] = {
        "made_at": timezone.now(),
        "index_revision": directory.index_revision().number,
    }
    remarks: list[queries.Remark] = []
    with TemporaryFile() as out:
        rows = queries.WRITERS[name](out, remarks)
        found = {"sha256": _digest(out), "size": out.tell(), "rows": rows}
        seen["remarks"] = [remark.told() for remark in remarks]
        former = Dataset.objects.filter(name=name).first()
        if former and former.sha256 == found["sha256"]:
            Dataset.objects.filter(name=name).update(**seen)
            return False
        out.seek(0)
        stem, _, form = name.rpartition(".")
        kept = default_storage.save(
            f"donnees/{stem}-{seen['made_at']:%Y%m%d%H%M%S}.{form}", File(out)
        )
    values = {**found, **seen, "file": kept}
    with transaction.atomic():
        Dataset.objects.update_or_create(name=name, defaults=values)
        if former:
            transaction.on_commit(lambda: default_storage.delete(str(former.file.name)))
    return True


def _digest(out: Any) -> str:
    out.seek(0)
    return hashlib.file_digest(out, "sha256").hexdigest()


def make_soon() -> None:
    """Have them made in a moment, once for all that changes meanwhile."""
    job = app.configure_task(
        "open_data.make_all", lock=LOCK, queueing_lock=LOCK, schedule_in={"seconds": SOON}
    )
    try:
        with transaction.atomic():
            job.defer()
    except AlreadyEnqueued:
        return  # the one that waits will read this change too
