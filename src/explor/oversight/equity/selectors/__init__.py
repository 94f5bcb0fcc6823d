"""Database queries on the equity figures."""

from .files import filed_in, spreads_of, stays_in, tables_of
from .people import (
    Window,
    is_visible_to,
    last_reading,
    observed_in,
    old_answers,
    reading_tables,
    switch_of,
    tables_for,
    window,
)

__all__ = [
    "Window",
    "filed_in",
    "is_visible_to",
    "last_reading",
    "observed_in",
    "old_answers",
    "reading_tables",
    "spreads_of",
    "stays_in",
    "switch_of",
    "tables_for",
    "tables_of",
    "window",
]
