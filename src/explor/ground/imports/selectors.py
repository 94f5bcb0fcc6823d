"""Queries on the progress and the lines of an imported file."""

from typing import Any

from . import states
from .models import ImportedLineQuerySet, kind_of


def progress_of(batch: Any) -> dict[str, Any]:
    """Return the counts of the lines of a file, and `working`: whether a job is running.

    The counts are those of `ImportedLineQuerySet.counts`, with the `counts` of the import kind.
    """
    counts = batch.lines.counts(**kind_of(batch).counts)
    return {**counts, "working": batch.state in states.WORKING}


def lines_of(batch: Any, slug: str) -> ImportedLineQuerySet:
    """Return the lines of a file that match the filter `slug` of its kind; all if it is unknown."""
    kind = kind_of(batch)
    lines: ImportedLineQuerySet = batch.lines.select_related(*kind.with_related).order_by("number")
    for each in kind.filters:
        if each.slug == slug:
            return lines.filter(each.lines)
    return lines


def count_to_make(batch: Any) -> int:
    """Return the number of lines of a file that are left to import."""
    count: int = batch.lines.to_make().count()
    return count
