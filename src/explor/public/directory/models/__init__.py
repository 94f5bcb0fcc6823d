"""What the directory lists of the sheets, and followed searches."""

from .alerts import Alert
from .listings import CONFIG, IndexRevision, ListedSheet, Listing, Vocabulary, moment_of

__all__ = [
    "CONFIG",
    "Alert",
    "IndexRevision",
    "ListedSheet",
    "Listing",
    "Vocabulary",
    "moment_of",
]
