"""Queries on the data stored about a person; `records` formats rows for their copy."""

from .ground import MOST, held
from .records import authored, records
from .ties import Ties, identity_of, rows_naming

__all__ = ["MOST", "Ties", "authored", "held", "identity_of", "records", "rows_naming"]
