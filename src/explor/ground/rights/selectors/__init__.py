"""Queries on what is held of a person; `records` shapes rows for their copy."""

from .ground import held
from .records import authored, records
from .ties import Ties, identity_of, rows_naming

__all__ = ["Ties", "authored", "held", "identity_of", "records", "rows_naming"]
