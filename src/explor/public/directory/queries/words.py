"""Searching by words: French stems without accents, quoted phrases, minus, mended spellings."""

import re
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import F

from explor.ground.reference.queries import fold

from ..models import CONFIG, Listing

RANKED = 400  # answers up to which each is weighed; beyond, titles first, then the latest
LEFT = re.compile(r'^[-"]|\d')  # phrases, words to leave out, years: kept as they are
SIMILAR = 0.35
MANY = 6  # words of a search that found nothing: mended, or tried with one left out
SPLIT = re.compile(r'"[^"]*"|\S+')
# A word that the French stop list lacks, and that nearly every sheet holds.
EMPTY = {"les"}
# The known word nearest to each word that no sheet holds.
NEAREST = """
WITH asked AS MATERIALIZED (
    SELECT said, folded, EXISTS (
        SELECT FROM directory_listing
        WHERE live AND words @@ websearch_to_tsquery(%s::regconfig, said)
    ) AS held
    FROM unnest(%s::text[], %s::text[]) AS typed (said, folded)
)
SELECT said, near.word FROM asked CROSS JOIN LATERAL (
    SELECT word FROM directory_knownword
    WHERE NOT held AND word %% folded AND similarity(word, folded) >= %s
    ORDER BY similarity(word, folded) DESC, word LIMIT 1
) AS near
"""


@dataclass(frozen=True, kw_only=True)
class Found:
    """The sheets that answer, and those whose title answers."""

    sheets: list[int]
    titled: list[int]


def query_of(words: str) -> SearchQuery:
    """What PostgreSQL searches: quotes make a phrase, a minus leaves out."""
    kept = [part for part in SPLIT.findall(words) if part.lower() not in EMPTY]
    return SearchQuery(" ".join(kept), config=CONFIG, search_type="websearch")


def find(words: str) -> Found:
    """The published sheets that answer to the words, in one query on two indexes."""
    kept = " ".join(part for part in SPLIT.findall(words) if part.lower() not in EMPTY)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH asked AS (SELECT websearch_to_tsquery(%s::regconfig, %s) AS q) SELECT"
            " (SELECT array_agg(sheet_id) FROM directory_listing, asked WHERE words @@ q AND live),"
            " (SELECT array_agg(sheet_id) FROM directory_listing, asked"
            "  WHERE title_words @@ q AND live)",
            [CONFIG, kept],
        )
        every, titled = cursor.fetchone() or (None, None)
    return Found(sheets=every or [], titled=titled or [])


def ranked(words: str, sheets: list[int]) -> list[int]:
    """The same sheets, those that say it best first."""
    rank = SearchRank(F("words"), query_of(words))
    rows = Listing.objects.filter(pk__in=sheets).order_by(rank.desc(), "-published_at", "-pk")
    return list(rows.values_list("pk", flat=True))


def mended(words: str) -> str:
    """The words with those that no sheet holds replaced by the nearest name; "" when none is."""
    parts = SPLIT.findall(words)
    bare = [p for p in parts if len(fold(p)) >= 4 and not LEFT.search(p)][:MANY]
    with connection.cursor() as cursor:
        cursor.execute(NEAREST, [CONFIG, bare, [fold(part) for part in bare], SIMILAR])
        nearest = dict(cursor.fetchall())
    return " ".join(nearest.get(part, part) for part in parts) if nearest else ""


def shorter(words: str) -> dict[str, int]:
    """The same search with fewer words, and how many sheets each finds; the longest first."""
    parts = [p for p in SPLIT.findall(words) if len(p) > 2 and p.lower() not in EMPTY][:MANY]
    fewer = [" ".join(parts[:n] + parts[n + 1 :]) for n in range(len(parts)) if len(parts) > 1]
    tried = list(dict.fromkeys([*fewer, *parts]))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT said, (SELECT count(*) FROM directory_listing"
            " WHERE live AND words @@ websearch_to_tsquery(%s::regconfig, said))"
            " FROM unnest(%s::text[]) AS said",
            [CONFIG, tried],
        )
        counts = dict(cursor.fetchall())
    return {said: counts[said] for said in tried if counts[said] and said != words}
