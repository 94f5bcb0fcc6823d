"""Reads of the imports: likely doubles, progress, lines."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from explor.ground.reference.queries import fold

from ..models import ImportLine, SheetImport
from ..states import ImportState

ALIKE = 0.75  # trigrams that two titles share, from which they may be the same sheet
TWINS = """
SELECT asked.number, near.id
FROM unnest(%s::int[], %s::text[]) AS asked (number, title)
CROSS JOIN LATERAL (
    SELECT id FROM sheets_projectsheet WHERE title_key %% asked.title
    ORDER BY similarity(title_key, asked.title) DESC, id LIMIT 1
) AS near
"""


def twins_of(titles: Sequence[tuple[int, str]]) -> dict[int, int]:
    """For (number, title) pairs, the sheet whose title is nearly the same; one query."""
    numbers, keys = [n for n, _ in titles], [fold(title)[:250] for _, title in titles]
    with transaction.atomic(), connection.cursor() as cursor:
        # The index then leaves out what is less alike, instead of weighing a third of the titles.
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(ALIKE)])
        cursor.execute(TWINS, [numbers, keys])
        return dict(cursor.fetchall())


def progress_of(batch: SheetImport) -> dict[str, Any]:
    """How far an import is: lines read, sheets made, doubles, lines nothing was made of."""
    lines = batch.lines
    return {
        "read": lines.count(),
        "made": lines.exclude(sheet=None).count(),
        "to_make": lines.to_make().count(),
        "twins": lines.exclude(twin=None).filter(keep=False, sheet=None).count(),
        "refused": lines.filter(content__isnull=True).count(),
        "working": batch.state in (ImportState.READING, ImportState.MAKING),
    }


def lines_of(batch: SheetImport, kind: str) -> QuerySet[ImportLine]:
    """The lines of an import: all, those that look like a sheet we have, or that say nothing."""
    lines = batch.lines.select_related("twin", "sheet").order_by("number")
    if kind == "doubles":
        return lines.exclude(twin=None)
    if kind == "remarques":
        return lines.exclude(notes=[])
    return lines.filter(content__isnull=True) if kind == "illisibles" else lines
