"""How the installation does: jobs, storage, backups, version."""

import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count, QuerySet, Sum
from procrastinate.contrib.django.models import ProcrastinateJob

from explor.ground.files.models import Document

from ..models import Backup

STATES = (
    ("todo", "en attente"),
    ("doing", "en cours"),
    ("succeeded", "faites"),
    ("failed", "en échec"),
    ("cancelled", "annulées"),
    ("aborted", "interrompues"),
)
MEGA = 10**6


@dataclass(frozen=True, kw_only=True)
class Storage:
    """Sizes, in millions of bytes."""

    files: int
    papers: int
    database: int
    free: int


def failed_jobs() -> "QuerySet[ProcrastinateJob]":
    """Return the jobs that failed for good, latest first."""
    return ProcrastinateJob.objects.filter(status="failed").order_by("-pk")


def counts_of_jobs() -> list[tuple[str, int]]:
    """Return how many jobs there are in each state, in words."""
    rows = ProcrastinateJob.objects.order_by().values_list("status").annotate(count=Count("pk"))
    counted = dict(rows)
    return [(text, counted.get(value, 0)) for value, text in STATES]


def last_backup() -> Backup | None:
    """Return the last backup known."""
    return Backup.objects.first()


def storage() -> Storage:
    """Return what the papers and the database take, and what is left on the disk of the data."""
    papers = Document.objects.aggregate(count=Count("pk"), size=Sum("size"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        (database,) = cursor.fetchone()
    return Storage(
        files=(papers["size"] or 0) // MEGA,
        papers=papers["count"],
        database=database // MEGA,
        free=_free() // MEGA,
    )


def _free() -> int:
    folder = Path(settings.VAR)
    return shutil.disk_usage(folder if folder.exists() else folder.parent).free


@cache
def installed_version() -> str:
    """Return the version of the package, and the revision of the checkout when there is one."""
    try:
        number = version("explor")
    except PackageNotFoundError:
        number = "inconnue"
    command = ["git", "-C", str(settings.ROOT), "rev-parse", "--short=10", "HEAD"]
    try:
        made = subprocess.run(command, capture_output=True, text=True, timeout=5, check=False)
    except OSError:
        return number
    return f"{number} ({made.stdout.strip()})" if made.returncode == 0 else number
