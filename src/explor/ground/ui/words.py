"""The words typed in the search of a list, the same for every list.

The directory also searches the other forms of each word; a list of names searches parts of words.
"""

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_

from django.db.models import Q

from explor.engines.french.words import list_words

LONGEST, MOST = 200, 12  # characters and words that are read; the rest is ignored


def each_word_of(q: str, *columns: str, codes: Iterable[str] = ()) -> Q:
    """Return the condition that each word of `q` is in one of the columns, in any order.

    Case, accents, ligatures, apostrophes, hyphens and plurals are ignored, and so are small words.
    It grows with the words: `rows.filter(a) | rows.filter(b)`, word after word, doubles each time.
    A text without any word, as « % », is in no row.

    Args:
        q: what was typed.
        columns: names of columns of text, as « association__name ».
        codes: lookups of a word as typed, as « siret__startswith » or « email__icontains ».
    """
    words = list_words(q[:LONGEST], MOST)
    if not words and q.strip():
        return Q(pk__in=[])
    return reduce(and_, (_word(typed, ways, columns, codes) for typed, ways in words), Q())


def _word(
    typed: str, ways: tuple[tuple[str, ...], ...], columns: Iterable[str], codes: Iterable[str]
) -> Q:
    """Return the condition that a row has a word, written in one of the given ways."""
    names = [f"{column}__unaccent__icontains" for column in columns]
    ways_of_names = (
        reduce(and_, (reduce(or_, (Q(**{name: piece}) for name in names)) for piece in way))
        for way in ways
    )
    return reduce(or_, [*ways_of_names, *(Q(**{code: typed}) for code in codes)])
