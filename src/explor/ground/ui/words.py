"""The search by words of every list of names, which finds parts of words.

The public directory has its own search, which also finds the inflected forms of each word.
"""

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_

from django.db.models import Q

from explor.engines.french.words import list_words

LONGEST, MOST = 200, 12  # maximum number of characters and words; the rest is ignored


def each_word_of(q: str, *columns: str, codes: Iterable[str] = ()) -> Q:
    """Return the condition that each word of `q` is in one of the columns, in any order.

    Case, accents, ligatures, apostrophes, hyphens, plurals and words such as articles are ignored.
    A blank `q` is true of every row; a text without any word, such as « % », of none. One `Q` is
    built since `rows.filter(a) | rows.filter(b)` for each word would double the query each time.

    Args:
        q: the text typed in the search.
        columns: the names of text columns, such as « association__name ».
        codes: lookups of a whole word, such as « siret__startswith » or « email__icontains ».
    """
    words = list_words(q[:LONGEST], MOST)
    if not words and q.strip():
        return Q(pk__in=[])
    return reduce(and_, (_word(word, ways, columns, codes) for word, ways in words), Q())


def _word(
    word: str, ways: tuple[tuple[str, ...], ...], columns: Iterable[str], codes: Iterable[str]
) -> Q:
    """Return the condition that a row has a word, written in one of the given ways."""
    names = [f"{column}__unaccent__icontains" for column in columns]
    ways_of_names = (
        reduce(and_, (reduce(or_, (Q(**{name: piece}) for name in names)) for piece in way))
        for way in ways
    )
    return reduce(or_, [*ways_of_names, *(Q(**{code: word}) for code in codes)])
