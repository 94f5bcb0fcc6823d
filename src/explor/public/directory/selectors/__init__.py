"""ORM reads of the sheets."""

from .imports import similar_sheets

__all__ = ["similar_sheets"]
