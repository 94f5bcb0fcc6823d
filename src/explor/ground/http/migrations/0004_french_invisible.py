"""The French SQL functions, without the marks that a pasted text hides inside its words."""

from django.db import migrations

# Soft hyphens and marks without width: `unaccent` makes a hyphen of the first, which cut words.
# The rest is unchanged since 0003.
FUNCTIONS = r"""
CREATE OR REPLACE FUNCTION french_words(content text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(
        concat_ws(' ', plain, (
            SELECT string_agg(replace(compound[1], '-', ''), ' ')
            FROM regexp_matches(plain, '[a-z]+(?:-[a-z]+)+', 'g') AS compound
        )),
        '[\u0001-\u002f\u003a-\u0060\u007b-\u00bf\u00d7\u00f7\u2000-\u206f\u2190-\u2bff\u3000-\u303f]+',
        ' ', 'g'
    )
    FROM (SELECT lower(unaccent(normalize(
        translate(content, E'\u00ad\u200b\u200c\u200d\u2060\ufeff', ''), NFKC
    )) COLLATE "C") AS plain) AS each
$$;
CREATE OR REPLACE FUNCTION french_key(name text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT (
        btrim(regexp_replace(
            lower(unaccent(normalize(
                translate(name, E'\u00ad\u200b\u200c\u200d\u2060\ufeff', ''), NFKC
            )) COLLATE "C"), '[^a-z0-9]+', ' ', 'g'
        )) || chr(1) || name
    ) COLLATE "C"
$$;
"""


class Migration(migrations.Migration):

    dependencies = [("http", "0003_french")]

    operations = [
        migrations.RunSQL(sql=FUNCTIONS, reverse_sql=migrations.RunSQL.noop),
    ]
