"""Database queries on the public figures: the rows to count, and the figures stored."""

from .gathering import compute
from .reading import Reading, Version, figures, read, version

__all__ = ["Reading", "Version", "compute", "figures", "read", "version"]
