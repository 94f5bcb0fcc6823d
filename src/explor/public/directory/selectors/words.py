"""Full-text search: forms of French words, quoted phrases, minus sign, spell checking.

`engines.french.words` converts a search to a `tsquery`; the database stems each of its words.
"""

import re
from collections.abc import Container
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import F

from explor.ground.reference.selectors import fold, other_names

from .. import engine
from ..models import CONFIG, Listing

MOST_RANKED = 400  # beyond, results are not ranked by relevance: titles first, then the latest
NOT_CORRECTED = re.compile(r'^[-"]|\d')  # phrases, excluded words, years
LEAST_UNKNOWN = 6  # letters of a word that is corrected although its family is there
MOST_WORDS = 6  # words of a search without results that are corrected, or left out in turn
LONGEST_NAME = 5  # words of the name of a skill
MOST_NEAR = 30  # known words among which the nearest to a typed one is chosen
# For each typed word absent from every sheet, the words of the vocabulary that look like it.
NEAREST = """
WITH typed AS MATERIALIZED (
    SELECT word AS typed_word, folded, string_to_array(slips, ' ') AS slips, EXISTS (
        SELECT FROM directory_listing
        WHERE live AND words @@ to_tsquery(%s::regconfig, query)
    ) AS held
    FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[]) AS each (word, folded, query, slips)
)
SELECT typed_word, folded, ARRAY(
    SELECT word FROM (
        SELECT word FROM directory_vocabulary WHERE word %% folded
        UNION SELECT word FROM directory_vocabulary WHERE word = ANY(slips)
    ) AS near
    ORDER BY word = ANY(slips) DESC, similarity(word, folded) DESC, word LIMIT %s
) FROM typed WHERE NOT held
"""


IN_VOCABULARY = re.compile(r"[a-z]{4,60}")
# The forms of words that some sheet has, or had.
KNOWN = """
WITH typed AS MATERIALIZED (
    SELECT form, (ts_lexize('french_stem', form))[1] AS stem FROM unnest(%s::text[]) AS form
)
SELECT form FROM typed WHERE EXISTS (
    SELECT FROM directory_vocabulary WHERE directory_vocabulary.stem = typed.stem
)
"""


@dataclass(frozen=True, kw_only=True)
class TextMatches:
    """The sheets that contain the words of a search.

    Args:
        sheets: primary keys of the sheets.
        titled: primary keys of those whose title contains the words.
        query: the `tsquery` text of the known forms of the words and of the other names of skills.
        typed: the same without these names, to sort by relevance.
        unknown: whether no sheet has one of the words as typed, so that its family only is there.
    """

    sheets: list[int]
    titled: list[int]
    query: str
    typed: str
    unknown: bool


def widened(words: str, known: Container[str] | None = None) -> str:
    """Return the `tsquery` text of a search, in which a skill name also matches its other names.

    Quotes make a phrase, a minus sign excludes a word.
    The names come from the reference list of skills, which needs and shortlists also use.

    Args:
        known: the forms of words to keep; None keeps them all.
    """
    every = engine.parts(words)
    conditions: list[str] = []
    alone: list[str] = []  # words that name no skill, searched together
    at = 0
    while at < len(every):
        width, names = _named_skill(every[at : at + LONGEST_NAME])
        if names:
            run = " ".join(every[at : at + width])
            ways = [engine.tsquery(each, known) for each in (run, *names)]
            conditions += [
                engine.tsquery(" ".join(alone), known),
                f"({' | '.join(map(_grouped, ways))})",
            ]
            alone = []
        else:
            alone.append(every[at])
        at += width
    plain = engine.tsquery(words, known)
    if not conditions:
        return plain
    conditions.append(engine.tsquery(" ".join(alone), known))
    # The words as typed are found with their neighbours too: « agro » and « foresterie », a skill.
    return f"({plain}) | ({' & '.join(each for each in conditions if each)})"


def _named_skill(parts: list[str]) -> tuple[int, tuple[str, ...]]:
    """Return how many of the first parts name a skill, and its other names; else one and none."""
    for width in range(len(parts), 0, -1):
        run = " ".join(parts[:width])
        plain = '"' not in run and not any(part.startswith("-") for part in parts[:width])
        if plain and (names := other_names("skills", run)):
            return width, names
    return 1, ()


def _grouped(query: str) -> str:
    return f"({query})"


def find_words(words: str) -> TextMatches:
    """Return the published sheets that contain the words, in two database queries.

    The first one looks up which forms of the words exist: a query of a few words is several times
    faster than one of all the forms that endings make.
    """
    with connection.cursor() as cursor:
        forms = engine.forms(widened(words))
        listed = [form for form in forms if IN_VOCABULARY.fullmatch(form)]
        cursor.execute(KNOWN, [listed])
        # A form that the vocabulary cannot hold may be in a sheet.
        known = {form for (form,) in cursor.fetchall()} | set(forms).difference(listed)
        query = widened(words, known)
        cursor.execute(
            "WITH search AS (SELECT to_tsquery(%s::regconfig, %s) AS q) SELECT"
            " (SELECT array_agg(sheet_id) FROM directory_listing, search"
            "  WHERE words @@ q AND live),"
            " (SELECT array_agg(sheet_id) FROM directory_listing, search"
            "  WHERE title_words @@ q AND live)",
            [CONFIG, query],
        )
        every, titled = cursor.fetchone() or (None, None)
    return TextMatches(
        sheets=every or [],
        titled=titled or [],
        query=query,
        typed=engine.tsquery(words, known),
        unknown=any(
            len(word := _bare(part)) >= LEAST_UNKNOWN and word not in known
            for part in _correctable(words)
            if not other_names("skills", part)
        ),
    )


def _correctable(words: str) -> list[str]:
    """Return the words of a search whose spelling may be corrected, the first of them only.

    A right word that no sheet has, as « raisin », is not corrected into another, as « raison ».
    """
    parts = [part for part in engine.parts(words) if not NOT_CORRECTED.search(part)]
    bare = {part: _bare(part) for part in parts[:MOST_WORDS]}
    return [part for part, word in bare.items() if len(word) >= 4 and not engine.is_french(word)]


def _bare(part: str) -> str:
    """Return a word without accents and without what is elided before it, as « l’ »."""
    return " ".join(word for word in fold(part).split() if len(word) > 1)


def ranked(query: str, sheets: list[int]) -> list[int]:
    """Return these sheets sorted by relevance to a query.

    Sheets that match only by another name of a skill, which the query does not name, come last.
    """
    typed = SearchQuery(query, config=CONFIG, search_type="raw")
    rank = SearchRank(F("words"), typed)
    rows = Listing.objects.filter(pk__in=sheets).order_by(rank.desc(), "-published_at", "-pk")
    return list(rows.values_list("pk", flat=True))


def spelling_suggestion(words: str, *, as_typed: bool = False) -> str:
    """Return the search with each word that no sheet contains replaced by the nearest known one.

    "" when no known word is near enough. `as_typed` also replaces a word that no sheet has as
    typed, although its family is there: « rythmiique ».
    """
    parts = engine.parts(words)
    tried = _correctable(words)
    with connection.cursor() as cursor:
        folded = [_bare(part) for part in tried]
        queries = (
            [" & ".join(f"'{each}'" for each in word.split()) for word in folded]
            if as_typed
            else [widened(part) for part in tried]
        )
        slips = [" ".join(engine.slips(word)) for word in folded]
        cursor.execute(NEAREST, [CONFIG, tried, folded, queries, slips, MOST_NEAR])
        nearest = {
            typed: near
            for typed, word, known in cursor.fetchall()
            if (near := engine.nearest(word, known))
        }
    return " ".join(nearest.get(part, part) for part in parts) if nearest else ""


def shorter_searches(words: str) -> dict[str, int]:
    """Return {search: number of sheets} for searches with fewer words that find some sheet.

    First the searches without one word, then those of one word, made with the first `MOST_WORDS`
    words of at least three letters.
    """
    parts = [part for part in engine.parts(words) if len(part) > 2][:MOST_WORDS]
    fewer = [" ".join(parts[:n] + parts[n + 1 :]) for n in range(len(parts)) if len(parts) > 1]
    tried = list(dict.fromkeys([*fewer, *parts]))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT search, (SELECT count(*) FROM directory_listing"
            " WHERE live AND words @@ to_tsquery(%s::regconfig, query))"
            " FROM unnest(%s::text[], %s::text[]) AS each (search, query)",
            [CONFIG, tried, [engine.tsquery(each) for each in tried]],
        )
        counts = dict(cursor.fetchall())
    return {search: counts[search] for search in tried if counts[search] and search != words}
