"""The database trigger that keeps the listing of a project sheet up to date."""

from collections.abc import Iterable

import pgtrigger

from ..fields import FACETS, Facet

# The number of a revision is the time in microseconds, and always rises: a revision undone by a
# rollback never shares its number with a later one. For concurrency, the row of the number stays
# locked until the transaction ends: readers see revisions in the order of their numbers.
BODY = """
IF NEW.state = 'published' THEN
    INSERT INTO directory_indexrevision AS e (id, number)
    VALUES (1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
    ON CONFLICT (id) DO UPDATE SET number = greatest(e.number + 1, excluded.number)
    RETURNING number INTO now_at;
    INSERT INTO directory_listing (
        sheet_id, live, index_revision, tags, published_at, start_on, end_on, declared, year,
        title_key, title_words, words
    )
    SELECT
        NEW.id, true, now_at,
        array(
            {tags}
        ),
        coalesce(NEW.published_at, now()), NEW.start_on, NEW.end_on, NEW.declared, NEW.year,
        NEW.title_key, to_tsvector('explor', french_words(NEW.title)),
        setweight(to_tsvector('explor', french_words(NEW.title)), 'A')
        || setweight(to_tsvector('explor', french_words(NEW.purpose)), 'B')
        || setweight(to_tsvector('explor', french_words(concat_ws(
            ' ', NEW.lead_organisation, NEW.locality, NEW.names, NEW.rest
        ))), 'C')
    ON CONFLICT (sheet_id) DO UPDATE SET
        live = true, index_revision = excluded.index_revision, tags = excluded.tags,
        published_at = excluded.published_at, start_on = excluded.start_on,
        end_on = excluded.end_on, declared = excluded.declared, year = excluded.year,
        title_key = excluded.title_key, title_words = excluded.title_words, words = excluded.words;
    INSERT INTO directory_vocabulary (word)
    SELECT DISTINCT word FROM regexp_split_to_table(
        french_words(concat_ws(
            ' ', NEW.title, NEW.purpose, NEW.lead_organisation, NEW.locality, NEW.names,
            NEW.rest
        )),
        '[^a-z0-9]+'
    ) AS word
    WHERE length(word) BETWEEN 4 AND 60
    ON CONFLICT DO NOTHING;
ELSIF TG_OP = 'UPDATE' AND OLD.state = 'published' THEN
    UPDATE directory_indexrevision SET number = greatest(
        number + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
    ) RETURNING number INTO now_at;
    UPDATE directory_listing SET live = false, index_revision = now_at WHERE sheet_id = NEW.id;
END IF;
RETURN NULL;
"""


def listing_trigger(facets: Iterable[Facet]) -> pgtrigger.Trigger:
    """Return the trigger that writes the listing of a sheet, with tags for these facets."""
    tags = " UNION ".join(
        f"SELECT '{facet.name}:' || value FROM ({facet.values}) AS each (value)"
        for facet in facets
        if facet.values
    )
    return pgtrigger.Trigger(
        name="list",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        declare=[("now_at", "bigint")],
        func=BODY.replace("{tags}", tags),
    )


LIST = listing_trigger(FACETS)
