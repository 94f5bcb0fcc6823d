"""Public sheets, what the directory lists of them, alerts, imports."""

from .alerts import Alert
from .imports import ImportLine, SheetImport
from .listings import CONFIG, Edition, KnownWord, Listing, moment_of
from .sheets import FormerSlug, Photo, ProjectSheet, ProjectSheetQuerySet

__all__ = [
    "CONFIG",
    "Alert",
    "Edition",
    "FormerSlug",
    "ImportLine",
    "KnownWord",
    "Listing",
    "Photo",
    "ProjectSheet",
    "ProjectSheetQuerySet",
    "SheetImport",
    "moment_of",
]
