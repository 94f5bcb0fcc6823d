"""The public figures as charts, tables and panels."""

from .panels import for_coordination
from .pictures import charts_of
from .tables import Table, exported, tables_of

__all__ = ["Table", "charts_of", "exported", "for_coordination", "tables_of"]
