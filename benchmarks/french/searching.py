"""The two searches that are compared: ours, and that of PostgreSQL with its own French stems.

The other search is the one that Explor had before its SQL functions: the configuration `explor`
(accents removed, then the stems of PostgreSQL), `websearch_to_tsquery`, and the nearest word by
trigrams for a word that no sheet has. Here its vocabulary has every word of the sheets, instead of
names only.
"""

from collections.abc import Sequence

from django.db import connection
from django.http import QueryDict

from .invented import Sheet

FIRST = 10  # results that are judged
PEER = """
CREATE TABLE peer_sheet AS SELECT id, published_at, setweight(to_tsvector('explor', title), 'A')
    || setweight(to_tsvector('explor', purpose), 'B')
    || setweight(to_tsvector('explor', rest), 'C') AS words FROM sheets_projectsheet;
CREATE INDEX ON peer_sheet USING gin (words);
CREATE TABLE peer_word AS SELECT DISTINCT word FROM sheets_projectsheet,
    regexp_split_to_table(
        lower(unaccent(concat_ws(' ', title, purpose, rest))), '[^a-z0-9]+'
    ) AS word
    WHERE length(word) BETWEEN 4 AND 60;
"""
FOUND = """
SELECT id FROM peer_sheet, websearch_to_tsquery('explor', %s) AS q WHERE words @@ q
ORDER BY ts_rank(words, q) DESC, published_at DESC, id DESC LIMIT %s
"""
NEAREST = """
SELECT typed, near.word FROM unnest(%s::text[]) AS typed CROSS JOIN LATERAL (
    SELECT word FROM peer_word
    WHERE length(typed) >= 4 AND similarity(word, lower(unaccent(typed))) >= 0.35 AND NOT EXISTS (
        SELECT FROM peer_sheet WHERE words @@ websearch_to_tsquery('explor', typed)
    )
    ORDER BY similarity(word, lower(unaccent(typed))) DESC, word LIMIT 1
) AS near
"""


def publish(made: Sequence[Sheet]) -> list[int]:
    """Publish the sheets, and create the tables of the other search; return the primary keys."""
    from explor.actors.networks.models import Network
    from explor.ground.http.actor import Actor
    from explor.journey.sheets import actions, engine

    network = Network.objects.create(name="Réseau", slug="reseau", region="84", departments=["69"])
    by = Actor(name="Banc", role="reseau", scope=network.pk, key=network.slug)
    keys = []
    for sheet in made:
        content = engine.Sheet(title=sheet.title, objectives=sheet.purpose, context=sheet.rest)
        row, _ = actions.import_sheet(content, by=by, network=network)
        keys.append(actions.publish(row, by=by).pk)
    with connection.cursor() as cursor:
        cursor.execute(PEER)
    return keys


def ours(text: str) -> list[int]:
    """Return the first results of our search, as its page shows them."""
    from explor.public.directory import selectors

    query = QueryDict(mutable=True)
    query["q"] = text
    return selectors.search(selectors.Filters.of(query)).slice(0, FIRST)


def peer(text: str) -> list[int]:
    """Return the first results of PostgreSQL alone, with spelling correction if there are none."""
    words = [word for word in text.split() if word.lower() != "les"]
    with connection.cursor() as cursor:
        cursor.execute(FOUND, [" ".join(words), FIRST])
        if rows := cursor.fetchall():
            return [pk for (pk,) in rows]
        cursor.execute(NEAREST, [words])
        nearest = dict(cursor.fetchall())
        cursor.execute(FOUND, [" ".join(nearest.get(word, word) for word in words), FIRST])
        return [pk for (pk,) in cursor.fetchall()]
