"""The words typed in the search of a list."""

from functools import reduce
from operator import and_, or_

from django.db.models import Q

LONGEST, MOST = 200, 12  # characters and words that are read; the rest is ignored


def each_word_of(q: str, *lookups: str) -> Q:
    """Return the condition that each word of `q` matches one of `lookups`, as `name__icontains`.

    It grows with the words: `rows.filter(a) | rows.filter(b)`, word after word, doubles each time.
    """
    words = q[:LONGEST].split()[:MOST]
    conditions = (reduce(or_, (Q(**{name: word}) for name in lookups)) for word in words)
    return reduce(and_, conditions, Q())
