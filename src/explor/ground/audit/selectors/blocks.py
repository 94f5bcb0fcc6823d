"""Queries on blocks, and the check of a block and of its lines."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Exists, Min, OuterRef, QuerySet
from django.utils import timezone

from ..models import Access, Block, Entry, Place
from ..rules import ACCESS_DAYS, ACCESSES_UNTIL, digest_of_access
from ..rules import blocks as rules
from .lines import faults_of_line, with_previous_digest

NAMES = {Place.Source.ENTRY: "ligne", Place.Source.ACCESS: "accès"}
# Select the number of the oldest transaction still running in this database, and that of the next
# one to begin. A snapshot lists the transactions of all databases of the server: transactions that
# hold a lock in another database are left out, and a doubtful one is kept.
SNAPSHOT = """
    WITH snapshot AS MATERIALIZED (SELECT pg_current_snapshot() AS taken),
    elsewhere AS MATERIALIZED (
        SELECT transactionid::text::bigint FROM pg_locks JOIN pg_stat_activity USING (pid)
        WHERE locktype = 'transactionid' AND mode = 'ExclusiveLock' AND granted
            AND datname <> current_database()
    )
    SELECT COALESCE(
        (
            SELECT min(running::text::bigint) FROM pg_snapshot_xip(taken) AS running
            WHERE running::text::bigint & 4294967295 NOT IN (SELECT * FROM elsewhere)
        ),
        pg_snapshot_xmax(taken)::text::bigint
    ), pg_snapshot_xmax(taken)::text::bigint FROM snapshot
"""
# A visible line whose transaction number is in the future of this server comes from a restoration.
WAITING = """
    SELECT line.source, line.id, line.digest FROM (
        SELECT 'entry' AS source, id, digest, transaction FROM audit_entry
        UNION ALL SELECT 'access', id, digest, transaction FROM audit_access
    ) AS line
    WHERE line.transaction >= %(lower)s AND (
        line.transaction < %(upper)s
        OR line.transaction >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
    ) AND NOT EXISTS (
        SELECT FROM audit_place WHERE audit_place.source = line.source AND "row" = line.id
    )
    ORDER BY line.transaction, line.source DESC, line.id LIMIT %(most)s
"""


def waiting(last: Block | None, *, most: int) -> tuple[list[Place], int]:
    """Return the places of the committed lines that are in no block yet, and the block's horizon.

    A line gets a place once every transaction begun before its own has ended. A late line of such a
    transaction thus gets a place with or after the others and is never missed: no later query
    starts above the horizon (the transaction number reached) of the last block.

    Args:
        last: the last block.
        most: the maximum number of lines to return.
    """
    with connection.cursor() as cursor:
        cursor.execute(SNAPSHOT)
        upper, following = cursor.fetchone()
        lower = last.horizon if last and last.horizon <= following else 0
        cursor.execute(WAITING, {"lower": lower, "upper": upper, "most": most + 1})
        rows = cursor.fetchall()
    places = [
        Place(index=index, source=source, row=row, digest=digest)
        for index, (source, row, digest) in enumerate(rows[:most])
    ]
    return places, lower if len(rows) > most else upper


def last_block() -> Block | None:
    """Return the last block, None before the first."""
    return Block.objects.order_by("-number").first()


def without_place(source: Place.Source) -> QuerySet[Any]:
    """Return the lines of a source (entries or accesses) that are in no block, oldest first."""
    placed = Place.objects.filter(source=source, row=OuterRef("pk"))
    return _rows_of(source).filter(~Exists(placed)).order_by("pk")


def _rows_of(source: str) -> QuerySet[Any]:
    if source == Place.Source.ENTRY:
        return with_previous_digest(Entry.objects.all())
    return Access.objects.all()


def oldest_waiting() -> datetime | None:
    """Return when the oldest line that is in no block was written; None if there is none."""
    last = last_block()
    ages = [
        without_place(source)
        .filter(transaction__gte=last.horizon if last else 0)
        .aggregate(at=Min("at"))["at"]
        for source in Place.Source
    ]
    return min((at for at in ages if at), default=None)


def faults_of_blocks(since: int) -> Iterator[str]:
    """Yield French messages about altered blocks from number `since` on, and about their lines."""
    before = Block.objects.filter(number=since - 1).first() if since > 1 else None
    ended_at = accesses_ended_at()
    for block in Block.objects.filter(number__gte=since).order_by("number").iterator():
        expected = before.number + 1 if before else 1
        if block.number != expected or block.previous != rules.digest_of(before):
            yield f"Bloc {block.number} : le bloc qui le précédait n’est plus le même."
        elif block.first != (before.last + 1 if before else 1):
            yield f"Bloc {block.number} : il ne suit pas le bloc qui le précédait."
        if not rules.is_sealed(block):
            yield f"Bloc {block.number} : il a été changé."
        yield from _faults_inside(block, ended_at)
        before = block


def _faults_inside(block: Block, ended_at: datetime) -> Iterator[str]:
    """Yield French messages about a block whose places or lines are missing or altered.

    A missing access is accepted in a block sealed before `ended_at`, as the purge removed it.
    """
    places = list(Place.objects.filter(block=block.number).order_by("index"))
    if len(places) != block.count:
        yield f"Bloc {block.number} : il lui manque des places, ou il en a de trop."
    elif rules.root_of(place.digest for place in places) != block.root:
        yield f"Bloc {block.number} : ses lignes ne sont plus celles qui ont été scellées."
    lines = _lines_of(places)
    ended = block.sealed_at <= ended_at
    for place in places:
        line = lines.get((place.source, place.row))
        if line is None:
            if place.source == Place.Source.ENTRY or not ended:
                yield f"Bloc {block.number} : {_named(place)} n’est plus là."
            continue
        if line.digest != place.digest:
            yield f"Bloc {block.number} : {_named(place)} n’est plus ce qui a été scellé."
        yield from _own_faults(line)


def _lines_of(places: list[Place]) -> dict[tuple[str, int], Entry | Access]:
    """Return the journal lines at these places by (source, primary key), one query per source."""
    placed_lines: dict[tuple[str, int], Entry | Access] = {}
    for source in {place.source for place in places}:
        keys = [place.row for place in places if place.source == source]
        placed_lines |= {(source, line.pk): line for line in _rows_of(source).filter(pk__in=keys)}
    return placed_lines


def _own_faults(line: Entry | Access) -> Iterator[str]:
    if isinstance(line, Entry):
        yield from faults_of_line(line)
    elif line.digest != digest_of_access(line):
        yield f"Accès {line.pk} : son contenu a été changé."


def faults_of_waiting(*, most: int | None = None, last: Block | None = None) -> Iterator[str]:
    """Yield French messages about lines that are in no block.

    A message says that the line was altered, or that the line should already be in a block: its
    transaction number is below the horizon of the last block. The horizon is the transaction number
    below which all lines were put in blocks. After a restoration on another server, it may exceed
    every transaction number: it is then ignored until the next block sets a new one.

    Args:
        most: check only this number of lines of each source, those written since the last block.
        last: the last block, when the caller has just read it.
    """
    with connection.cursor() as cursor:
        cursor.execute(SNAPSHOT)
        _, following = cursor.fetchone()
    last = last or last_block()
    horizon = last.horizon if last and last.horizon <= following else 0
    for source in Place.Source:
        lines = without_place(source)
        if most is not None:
            lines = lines.filter(transaction__gte=horizon)[:most]
        for line in lines.iterator(chunk_size=2000):
            yield from _own_faults(line)
            if line.transaction < horizon:
                yield f"{NAMES[source].capitalize()} {line.pk} : aucun bloc ne la contient."


def accesses_ended_at() -> datetime:
    """Return the instant before which sealed accesses may have been purged.

    It is given by the current retention period, or is later if the journal records a purge that
    went further, under a shorter period.
    """
    term = timedelta(days=settings.TERMS_IN_DAYS.get("accesses", ACCESS_DAYS))
    purged = Entry.objects.filter(verb="purge", details__has_key=ACCESSES_UNTIL)
    until = purged.values_list(f"details__{ACCESSES_UNTIL}", flat=True)
    return max([timezone.now() - term, *(datetime.fromtimestamp(at, UTC) for at in set(until))])


def _named(place: Place) -> str:
    return f"{NAMES[Place.Source(place.source)]} {place.row}, à la place {place.index},"
