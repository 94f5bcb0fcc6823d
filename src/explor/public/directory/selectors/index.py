"""The facet index of the directory, held in memory by each process.

Each process loads the index from the database once, then applies the changes of new revisions."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from threading import Lock
from typing import NamedTuple

from django.db import connection
from django.db.models import Count
from django.utils import timezone

from explor.actors.networks.models import Network

from .. import engine
from ..models import IndexRevision, Listing

# Returns one row, or none if no sheet was ever published.
NOW = f"""
SELECT number, (
    SELECT coalesce(json_object_agg(slug, name ORDER BY slug)::text, '{{}}')
    FROM {Network._meta.db_table}
) FROM {IndexRevision._meta.db_table}
"""
MOST_CHANGES = 500  # number of changes beyond which the whole index is loaded again

_held: dict[str, "Snapshot"] = {}
_reading = Lock()


class Version(NamedTuple):
    """The data on which public pages depend; a new version makes cached pages stale.

    Args:
        number: number of the directory's revision, which rises with each change of a listing.
        day: the current day, on which the statuses of projects depend.
        networks: names of the networks by slug, in JSON.
    """

    number: int
    day: date
    networks: str


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """The index of published sheets, by facets, at one revision of the directory and on one day."""

    index_revision: int
    day: date
    index: engine.Index

    @cached_property
    def alphabet(self) -> engine.Ints:
        """Return the index positions of all sheets, sorted by title; the query runs only once."""
        by_title = Listing.objects.filter(live=True).order_by("title_key", "pk")
        return self.index.positions(list(by_title.values_list("pk", flat=True)))


def current(version: Version | None = None) -> Snapshot:
    """Return the index of sheets at a version of the directory, by default the current one.

    The listings are queried only if the process holds no index of this revision and day.
    """
    number, day, _ = version or index_revision()
    held = _held.get("now")
    if held and (held.index_revision, held.day) == (number, day):
        return held
    with _reading:
        held = _held.get("now")
        if not held or (held.index_revision, held.day) != (number, day):
            updated = (
                _updated(held)
                if held and held.day == day and number > held.index_revision
                else None
            )
            _held["now"] = held = updated or _read(number, day)
    return held


def index_revision() -> Version:
    """Return the current version, in the single query that every public page makes first."""
    with connection.cursor() as cursor:
        cursor.execute(NOW)
        number, networks = cursor.fetchone() or (0, "{}")
    return Version(number=number, day=timezone.localdate(), networks=networks)


def withdrawn_since(number: int) -> bool:
    """Return whether a sheet left the directory after revision `number` and has not come back."""
    return Listing.objects.filter(live=False, index_revision__gt=number).exists()


def forget() -> None:
    """Drop the snapshot held by this process; the next search loads it again."""
    _held.clear()


def _read(number: int, day: date) -> Snapshot:
    """Build the index of all listed sheets at the revision `number`, with statuses of that day."""
    listed = Listing.objects.filter(live=True).order_by("sheet_id").values_list(*engine.COLUMNS)
    rows = (engine.row_of(each, day) for each in listed.iterator(chunk_size=5000))
    return Snapshot(index_revision=number, day=day, index=engine.index_of(rows))


def _updated(held: Snapshot) -> Snapshot | None:
    """Return a snapshot with the changes made since `held`.

    None when there are too many changes, or when the number of sheets differs from that of the
    database: the whole index must then be loaded again.
    """
    changes = list(
        Listing.objects.filter(index_revision__gt=held.index_revision)
        .order_by("index_revision")
        .values_list(*engine.COLUMNS, "live", "index_revision")[: MOST_CHANGES + 1]
    )
    if not changes or len(changes) > MOST_CHANGES:
        return None
    rows = [engine.row_of(each[:-2], held.day) for each in changes if each[-2]]
    gone = [each[0] for each in changes if not each[-2]]
    index = held.index.after(rows, gone)
    total = Listing.objects.filter(live=True).aggregate(total=Count("pk"))["total"]
    if index.size != total:
        return None
    return Snapshot(index_revision=changes[-1][-1], day=held.day, index=index)
