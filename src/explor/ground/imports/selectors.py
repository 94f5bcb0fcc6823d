"""Reads of imported files: progress, lines."""

from typing import Any

from . import states
from .models import ImportedLineQuerySet, kind_of


def progress_of(batch: Any) -> dict[str, Any]:
    """Return the counts of the lines of a file, and whether a job works on it."""
    counts = batch.lines.counts(**kind_of(batch).counts)
    return {**counts, "working": batch.state in states.WORKING}


def lines_of(batch: Any, slug: str) -> ImportedLineQuerySet:
    """Return the lines that the filter `slug` of the kind shows; all of them for another slug."""
    kind = kind_of(batch)
    lines: ImportedLineQuerySet = batch.lines.select_related(*kind.with_related).order_by("number")
    for each in kind.filters:
        if each.slug == slug:
            return lines.filter(each.lines)
    return lines


def count_to_make(batch: Any) -> int:
    """Return how many lines of a file are left to make."""
    count: int = batch.lines.to_make().count()
    return count
