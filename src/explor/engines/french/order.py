"""Names compared and sorted in French, whatever their case, accents and punctuation."""

import re
import unicodedata
from itertools import filterfalse

# Soft hyphens and marks without width, which a pasted text may hide inside its words.
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def fold(text: str) -> str:
    """Return `text` in lower case, without accents, ligatures or punctuation, to compare names."""
    text = text.translate(INVISIBLE).casefold().replace("œ", "oe").replace("æ", "ae")
    bare = "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", text)))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def sort_key(text: str) -> tuple[str, str]:
    """Return the key to sort texts in French alphabetical order; accents only break ties.

    The order is that of `french_key` of `ground/ui/order.py` in database queries.
    """
    return fold(text), text
