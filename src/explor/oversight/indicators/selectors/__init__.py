"""Reads of the figures: the rows that are counted, and the figures kept from the last count."""

from .gathering import compute
from .reading import Reading, Version, figures, read, version

__all__ = ["Reading", "Version", "compute", "figures", "read", "version"]
