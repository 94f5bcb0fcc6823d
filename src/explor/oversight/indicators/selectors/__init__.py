"""Database queries on the public figures: the rows to count, and the figures stored."""

from .gathering import compute, to_settle
from .reading import Reading, Version, figures, read, version

__all__ = ["Reading", "Version", "compute", "figures", "read", "to_settle", "version"]
