"""Queries on the health of the installation: jobs, worker, storage, backups, version."""

import shutil
import subprocess
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import Now
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from explor.ground.files.models import Document

from ..models import Backup

SILENT = timedelta(seconds=30)  # three missed heartbeats: the worker was probably killed
STATES = (
    ("todo", "en attente"),
    ("doing", "en cours"),
    ("succeeded", "faites"),
    ("failed", "en échec"),
    ("cancelled", "annulées"),
    ("aborted", "interrompues"),
)


@dataclass(frozen=True, kw_only=True)
class Storage:
    """Space used by documents and database, and free space, in bytes.

    `papers` is the number of documents."""

    files: int
    papers: int
    database: int
    free: int


def failed_jobs() -> "QuerySet[ProcrastinateJob]":
    """Return the jobs that failed and will not be retried, latest first."""
    return ProcrastinateJob.objects.filter(status="failed").order_by("-pk")


def stalled_jobs() -> "QuerySet[ProcrastinateJob]":
    """Return the jobs left as running by a killed worker, oldest first."""
    silent = Q(worker=None) | Q(worker__last_heartbeat__lt=Now() - SILENT)
    return ProcrastinateJob.objects.filter(silent, status="doing").order_by("pk")


def counts_of_jobs() -> list[tuple[str, int]]:
    """Return (French label of the state, number of jobs) for each state."""
    rows = ProcrastinateJob.objects.order_by().values_list("status").annotate(count=Count("pk"))
    counted = dict(rows)
    return [(text, counted.get(value, 0)) for value, text in STATES]


def last_heartbeat() -> datetime | None:
    """Return the time of the last heartbeat of any worker, None if there is none."""
    latest: datetime | None = ProcrastinateWorker.objects.aggregate(at=Max("last_heartbeat"))["at"]
    return latest


def backups() -> "QuerySet[Backup]":
    """Return the recorded backups, latest first."""
    return Backup.objects.order_by("-made_at", "-pk")


def recent_backups() -> list[Backup]:
    """Return the last five recorded backups, latest first."""
    return list(backups()[:5])


def last_backup() -> Backup | None:
    """Return the last recorded backup, None if there is none."""
    return backups().first()


def storage() -> Storage:
    """Return the space used by documents and database, and the free space on the data disk."""
    table = connection.ops.quote_name(Document._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), coalesce(sum(size), 0), pg_database_size(current_database())"
            f" FROM {table}"
        )
        papers, size, database = cursor.fetchone()
    return Storage(
        files=int(size),
        papers=papers,
        database=database,
        free=_free(),
    )


def _free() -> int:
    folder = Path(settings.VAR)
    return shutil.disk_usage(folder if folder.exists() else folder.parent).free


@cache
def installed_version() -> str:
    """Return the version of the package, followed by the Git revision of the checkout if any.

    The result is cached, since Git is called.
    """
    try:
        number = version("explor")
    except PackageNotFoundError:
        number = "inconnue"
    command = ["git", "-C", str(settings.ROOT), "rev-parse", "--short=10", "HEAD"]
    try:
        made = subprocess.run(command, capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return number
    return f"{number} ({made.stdout.strip()})" if made.returncode == 0 else number
