"""The key that sorts in French, declared immutable so that an index can hold it."""

from django.db import migrations

# The body is parsed now: it keeps the dictionary of `unaccent` itself, whatever the `search_path` of
# whoever restores a dump or rebuilds an index. PostgreSQL declares `unaccent` stable because its
# rules are a file that an administrator may change: the indexes must then be rebuilt. The cost is
# that of some microseconds, so that a sort of many names is not chosen against an index.
FUNCTION = r"""
CREATE OR REPLACE FUNCTION french_key(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000 RETURN (
    btrim(regexp_replace(
        lower(unaccent('unaccent'::regdictionary, normalize(
            translate(name, U&'\00ad\200b\200c\200d\2060\feff', ''), NFKC
        )) COLLATE "C"), '[^a-z0-9]+', ' ', 'g'
    )) || chr(1) || name
) COLLATE "C";
"""
# As 0004 made it.
BEFORE = r"""
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

    dependencies = [("http", "0004_french_invisible")]

    operations = [
        migrations.RunSQL(sql=FUNCTION, reverse_sql=BEFORE),
    ]
