"""What the directory lists of the sheets, followed searches, imports of sheets."""

from .alerts import Alert
from .imports import ImportLine, SheetImport
from .listings import CONFIG, Edition, ListedSheet, Listing, Vocabulary, moment_of

__all__ = [
    "CONFIG",
    "Alert",
    "Edition",
    "ImportLine",
    "ListedSheet",
    "Listing",
    "SheetImport",
    "Vocabulary",
    "moment_of",
]
