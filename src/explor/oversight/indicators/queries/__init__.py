"""Reads of the figures."""

from .gathering import reckon
from .panels import for_coordination
from .pictures import drawn
from .reading import Reading, Version, figures, read, version
from .tables import Table, exported, tables_of

__all__ = [
    "Reading",
    "Table",
    "Version",
    "drawn",
    "exported",
    "figures",
    "for_coordination",
    "read",
    "reckon",
    "tables_of",
    "version",
]
