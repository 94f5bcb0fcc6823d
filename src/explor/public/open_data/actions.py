"""Actions that write the open data files."""

import hashlib
from tempfile import TemporaryFile
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from explor.ground.workflow.apart import each_apart
from explor.public.directory import selectors as directory

from . import pages
from .models import Dataset

SOON = 20  # seconds during which several changes lead to a single writing of the files
LOCK = "datasets"


def make_all() -> int:
    """Write every open data file; return how many files changed.

    Raises:
        ExceptionGroup: some files could not be written; the others were.
    """
    return each_apart(pages.WRITERS, make, name="open_data")


def make(name: str) -> bool:
    """Write one open data file and replace the former one; return False if nothing has changed.

    `name` is a key of `pages.WRITERS`. The new file has another path on disk, so that a download of
    the former one can finish.
    """
    reading: dict[str, Any] = {
        "made_at": timezone.now(),
        "index_revision": directory.index_revision().number,
    }
    remarks: list[pages.Remark] = []
    with TemporaryFile() as out:
        rows = pages.WRITERS[name](out, remarks)
        written = {"sha256": _digest(out), "size": out.tell(), "rows": rows}
        reading["remarks"] = [remark.as_dict() for remark in remarks]
        former = Dataset.objects.filter(name=name).first()
        if former and former.sha256 == written["sha256"] and _is_stored(former):
            Dataset.objects.filter(name=name).update(**reading)
            return False
        out.seek(0)
        stem, _, form = name.rpartition(".")
        kept = default_storage.save(
            f"donnees/{stem}-{reading['made_at']:%Y%m%d%H%M%S}.{form}", File(out)
        )
    values = {**written, **reading, "file": kept}
    with transaction.atomic():
        Dataset.objects.update_or_create(name=name, defaults=values)
        if former:
            replaced = str(former.file.name)
            transaction.on_commit(lambda: default_storage.delete(replaced), robust=True)
    return True


def _is_stored(dataset: Dataset) -> bool:
    """Return whether the file is on disk; after a restore, its row may exist without the file."""
    return default_storage.exists(str(dataset.file.name))


def _digest(out: Any) -> str:
    out.seek(0)
    return hashlib.file_digest(out, "sha256").hexdigest()


def make_soon() -> None:
    """Schedule a job that writes every file in `SOON` seconds, unless one is already scheduled."""
    job = app.configure_task(
        "open_data.make_all", lock=LOCK, queueing_lock=LOCK, schedule_in={"seconds": SOON}
    )
    try:
        with transaction.atomic():
            job.defer()
    except AlreadyEnqueued:
        return  # the job already scheduled will include this change too
