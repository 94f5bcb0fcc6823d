"""French public formats: file of grants, feed of volunteering missions, registration numbers."""

from ._engagement import DOMAINS, Offer, write_feed
from ._grants import COLUMNS, Grant, Nature, Payout, grant_lines
from ._identifiers import BadIdentifier, check_rna, check_siren, check_siret

__all__ = [
    "COLUMNS",
    "DOMAINS",
    "BadIdentifier",
    "Grant",
    "Nature",
    "Offer",
    "Payout",
    "check_rna",
    "check_siren",
    "check_siret",
    "grant_lines",
    "write_feed",
]
