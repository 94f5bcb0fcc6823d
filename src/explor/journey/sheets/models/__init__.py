"""Project sheets and imports of sheets."""

from .imports import ImportLine, SheetImport
from .sheets import FormerSlug, Photo, ProjectSheet

__all__ = ["FormerSlug", "ImportLine", "Photo", "ProjectSheet", "SheetImport"]
