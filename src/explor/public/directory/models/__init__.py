"""Models of the directory: listings of project sheets, and searches followed by email."""

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
