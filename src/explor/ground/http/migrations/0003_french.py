"""Two SQL functions: the text that is indexed by its words, and the key that sorts in French."""

from django.db import migrations

# Both give plain letters of ASCII for French, whatever the locale of the database: its parser takes
# typographic apostrophes, quotes and no-break spaces for letters when its LC_CTYPE is C.
# The parts of « agro-écologie » are also indexed as one word, after the text, so that phrases keep
# their places. Other alphabets are kept.
FUNCTIONS = r"""
CREATE FUNCTION french_words(content text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(
        concat_ws(' ', plain, (
            SELECT string_agg(replace(compound[1], '-', ''), ' ')
            FROM regexp_matches(plain, '[a-z]+(?:-[a-z]+)+', 'g') AS compound
        )),
        '[\u0001-\u002f\u003a-\u0060\u007b-\u00bf\u00d7\u00f7\u2000-\u206f\u2190-\u2bff\u3000-\u303f]+',
        ' ', 'g'
    )
    FROM (SELECT lower(unaccent(normalize(content, NFKC)) COLLATE "C") AS plain) AS each
$$;
CREATE FUNCTION french_key(name text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT (
        btrim(regexp_replace(
            lower(unaccent(normalize(name, NFKC)) COLLATE "C"), '[^a-z0-9]+', ' ', 'g'
        )) || chr(1) || name
    ) COLLATE "C"
$$;
"""


class Migration(migrations.Migration):

    dependencies = [("http", "0002_request_count")]

    operations = [
        migrations.RunSQL(
            sql=FUNCTIONS,
            reverse_sql="DROP FUNCTION french_key(text); DROP FUNCTION french_words(text);",
        ),
    ]
