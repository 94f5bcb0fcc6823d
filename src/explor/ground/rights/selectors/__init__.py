"""Queries on the data stored about a person; `records` formats rows for their copy."""

from .ground import MOST, gone_for_good, held
from .records import authored, records
from .ties import Ties, identity_of, rows_naming

__all__ = [
    "MOST",
    "Ties",
    "authored",
    "gone_for_good",
    "held",
    "identity_of",
    "records",
    "rows_naming",
]
