"""Full-text search: forms of French words, quoted phrases, minus sign, spell checking.

`engines.french.words` converts a search to a `tsquery`; the database stems each of its words.
"""

import re
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import F

from explor.ground.reference.selectors import fold, other_names

from .. import engine
from ..models import CONFIG, Listing

MOST_RANKED = 400  # beyond, results are not ranked by relevance: titles first, then the latest
NOT_CORRECTED = re.compile(r'^[-"]|\d')  # phrases, excluded words, years
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


@dataclass(frozen=True, kw_only=True)
class TextMatches:
    """Primary keys of the sheets that contain the words, and of those whose title contains them."""

    sheets: list[int]
    titled: list[int]


def query_of(words: str) -> SearchQuery:
    """Return the PostgreSQL query: quotes make a phrase, a minus sign excludes a word."""
    return SearchQuery(widened(words), config=CONFIG, search_type="raw")


def widened(words: str) -> str:
    """Return the `tsquery` text of a search, in which a skill name also matches its other names.

    The names come from the reference list of skills, which needs and shortlists also use.
    """
    every = engine.parts(words)
    conditions: list[str] = []
    alone: list[str] = []  # words that name no skill, searched together
    at = 0
    while at < len(every):
        width, names = _named_skill(every[at : at + LONGEST_NAME])
        if names:
            run = " ".join(every[at : at + width])
            ways = [engine.tsquery(each) for each in (run, *names)]
            conditions += [engine.tsquery(" ".join(alone)), f"({' | '.join(map(_grouped, ways))})"]
            alone = []
        else:
            alone.append(every[at])
        at += width
    conditions.append(engine.tsquery(" ".join(alone)))
    return " & ".join(each for each in conditions if each)


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
    """Return the published sheets that contain the words, in one database query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH search AS (SELECT to_tsquery(%s::regconfig, %s) AS q) SELECT"
            " (SELECT array_agg(sheet_id) FROM directory_listing, search"
            "  WHERE words @@ q AND live),"
            " (SELECT array_agg(sheet_id) FROM directory_listing, search"
            "  WHERE title_words @@ q AND live)",
            [CONFIG, widened(words)],
        )
        every, titled = cursor.fetchone() or (None, None)
    return TextMatches(sheets=every or [], titled=titled or [])


def ranked(words: str, sheets: list[int]) -> list[int]:
    """Return these sheets sorted by relevance to the words as typed.

    Sheets that match only by another name of a skill come last.
    """
    typed = SearchQuery(engine.tsquery(words), config=CONFIG, search_type="raw")
    rank = SearchRank(F("words"), typed)
    rows = Listing.objects.filter(pk__in=sheets).order_by(rank.desc(), "-published_at", "-pk")
    return list(rows.values_list("pk", flat=True))


def spelling_suggestion(words: str) -> str:
    """Return the search with each word that no sheet contains replaced by the nearest known one.

    "" when no known word is near enough.
    """
    parts = engine.parts(words)
    correctable = [p for p in parts if len(fold(p)) >= 4 and not NOT_CORRECTED.search(p)]
    tried = correctable[:MOST_WORDS]
    with connection.cursor() as cursor:
        folded = [fold(part) for part in tried]
        queries = [widened(part) for part in tried]
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

    First the searches without one word, then those of one word.
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
