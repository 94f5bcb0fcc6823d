"""Adapter between the `Listing` rows of the directory and the engine that searches by facets."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from explor.engines.facets import Index, Ints, Row, Selection, select
from explor.engines.formats.sheets import legible
from explor.engines.french.known import is_french
from explor.engines.french.spelling import nearest, slips
from explor.engines.french.words import forms, parts, tsquery
from explor.journey.sheets.engine import status_of_days

from . import fields

__all__ = [
    "COLUMNS",
    "PUBLISHED",
    "YEAR",
    "Index",
    "Ints",
    "Row",
    "Selection",
    "forms",
    "index_of",
    "is_french",
    "legible",
    "nearest",
    "parts",
    "row_of",
    "select",
    "slips",
    "tsquery",
]
# Columns of `Listing` that `row_of` reads, in this order.
COLUMNS = ("sheet_id", "published_at", "start_on", "end_on", "declared", "year", "tags")
# Positions of the sort keys in the rows of the index.
PUBLISHED, YEAR = 0, 1
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
STATUS_NAMES = {text: name for name, text in fields.STATUSES.items()}


def row_of(columns: Any, day: date) -> Row:
    """Return the index row of one listing, from its values of `COLUMNS`.

    The status of the project is computed for `day`; a status not in `STATUSES` becomes
    « à confirmer ».
    """
    sheet, published, start, end, declared, year, tags = columns
    status = status_of_days(start, end, declared, day)
    if status:
        tags = [*tags, f"{fields.STATUS}:{STATUS_NAMES.get(status, 'a-confirmer')}"]
    microseconds = (published - EPOCH) // datetime.resolution
    return Row(item=sheet, keys=(microseconds, year or 0), tags=tags)


def index_of(rows: Iterable[Row]) -> Index:
    """Return the index of these rows, which must be sorted by primary key of sheet."""
    return Index.of(rows, keys=2)
