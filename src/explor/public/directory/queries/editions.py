"""The snapshot of the present edition: read once, then mended with what changed since."""

from datetime import UTC, date, datetime
from threading import Lock
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count
from django.utils import timezone

from explor.actors.networks.models import Network

from .. import engine
from ..models import Edition, Listing
from .snapshot import Row, Snapshot

COLUMNS = ("sheet_id", "published_at", "start_on", "end_on", "declared", "year", "tags")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# One row, or none while nothing was ever published.
NOW = f"""
SELECT number, (
    SELECT coalesce(json_object_agg(slug, name ORDER BY slug)::text, '{{}}')
    FROM {Network._meta.db_table}
) FROM {Edition._meta.db_table}
"""
FEW = 500  # changes beyond which the whole is read again
SLUGS = {"à venir": "a-venir", "en cours": "en-cours", "terminé": "termine"}
TO_CONFIRM = "a-confirmer"

_held: dict[str, Snapshot] = {}
_reading = Lock()


class Version(NamedTuple):
    """What tells a version of the directory: its number, the day, which statuses follow, and the
    names of the networks by slug, in JSON, which its pages hold."""

    number: int
    day: date
    networks: str


def current(at: Version | None = None) -> Snapshot:
    """The directory as it stands, or as its edition just read; its rows only when it moved."""
    number, day, _ = at or edition()
    held = _held.get("now")
    if held and (held.edition, held.day) == (number, day):
        return held
    with _reading:
        held = _held.get("now")
        if not held or (held.edition, held.day) != (number, day):
            mended = _mended(held) if held and held.day == day and number > held.edition else None
            _held["now"] = held = mended or _read(number, day)
    return held


def edition() -> Version:
    """The present version.

    Every public page asks it first, so it is asked without building a query.
    """
    with connection.cursor() as cursor:
        cursor.execute(NOW)
        number, networks = cursor.fetchone() or (0, "{}")
    return Version(number=number, day=timezone.localdate(), networks=networks)


def withdrawn_since(number: int) -> bool:
    """Has a sheet left the directory since that edition, whatever became of it?"""
    return Listing.objects.filter(live=False, edition__gt=number).exists()


def forget() -> None:
    """Read everything again next time."""
    _held.clear()


def _read(number: int, day: date) -> Snapshot:
    listed = Listing.objects.filter(live=True).order_by("sheet_id").values_list(*COLUMNS)
    return Snapshot.of(
        (_row(each, day) for each in listed.iterator(chunk_size=5000)), edition=number, day=day
    )


def _mended(held: Snapshot) -> Snapshot | None:
    """The held snapshot with the changes since; None when there are many, or when it drifted."""
    changes = list(
        Listing.objects.filter(edition__gt=held.edition)
        .order_by("edition")
        .values_list(*COLUMNS, "live", "edition")[: FEW + 1]
    )
    if not changes or len(changes) > FEW:
        return None
    rows = [_row(each[:-2], held.day) for each in changes if each[-2]]
    gone = [each[0] for each in changes if not each[-2]]
    mended = held.after(rows, gone, edition=changes[-1][-1])
    total = Listing.objects.filter(live=True).aggregate(total=Count("pk"))["total"]
    return mended if mended.size == total else None


def _row(columns: Any, day: date) -> Row:
    sheet, published, start, end, declared, year, tags = columns
    status = engine.status_of_days(start, end, declared, day)
    return Row(
        sheet=sheet,
        published=(published - EPOCH) // _MICROSECOND,
        year=year or 0,
        tags=[*tags, f"statut:{SLUGS.get(status, TO_CONFIRM)}"] if status else tags,
    )


_MICROSECOND = datetime.resolution
