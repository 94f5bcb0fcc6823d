"""Reads of the imports of sheets."""

from .imports import lines_of, progress_of, twins_of

__all__ = ["lines_of", "progress_of", "twins_of"]
