"""The base models of an imported file and of its lines, and the declaration of an import kind."""

from .files import ImportedFile, ImportedLine, ImportedLineQuerySet
from .kinds import ImportKind, LineFilter, kind_named, kind_of

__all__ = [
    "ImportKind",
    "ImportedFile",
    "ImportedLine",
    "ImportedLineQuerySet",
    "LineFilter",
    "kind_named",
    "kind_of",
]
