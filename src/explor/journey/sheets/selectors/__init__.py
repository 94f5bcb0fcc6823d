"""Database queries on project sheets and on imports: duplicates, former and old ones."""

from .imports import imported_before, old_imports, sheets_by_source, similar_sheets
from .sheets import (
    CONFIRMED_FOR,
    counted,
    due_for_publication,
    due_for_reminder,
    missions_of,
    ready_to_publish,
    search,
    sheet_of_project,
    versions_of,
    waiting_for_association,
)

__all__ = [
    "CONFIRMED_FOR",
    "counted",
    "due_for_publication",
    "due_for_reminder",
    "imported_before",
    "missions_of",
    "old_imports",
    "ready_to_publish",
    "search",
    "sheet_of_project",
    "sheets_by_source",
    "similar_sheets",
    "versions_of",
    "waiting_for_association",
]
