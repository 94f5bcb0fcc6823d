"""The listings whose sheet hides marks inside its words, written again as the trigger does."""

from django.db import migrations

LISTINGS = r"""
CREATE TEMPORARY TABLE hidden_marks ON COMMIT DROP AS SELECT id FROM sheets_projectsheet
WHERE concat_ws(' ', title, purpose, lead_organisation, locality, names, rest)
    ~ E'[\u00ad\u200b\u200c\u200d\u2060\ufeff]';
UPDATE directory_listing AS listing SET
    title_words = to_tsvector('explor', french_words(sheet.title)),
    words = setweight(to_tsvector('explor', french_words(sheet.title)), 'A')
        || setweight(to_tsvector('explor', french_words(sheet.purpose)), 'B')
        || setweight(to_tsvector('explor', french_words(concat_ws(
            ' ', sheet.lead_organisation, sheet.locality, sheet.names, sheet.rest
        ))), 'C')
FROM sheets_projectsheet AS sheet
WHERE sheet.id = listing.sheet_id AND sheet.id IN (SELECT id FROM hidden_marks);
INSERT INTO directory_vocabulary (word)
SELECT DISTINCT word
FROM directory_listing
JOIN sheets_projectsheet AS sheet ON sheet.id = sheet_id,
    regexp_split_to_table(french_words(concat_ws(
        ' ', sheet.title, sheet.purpose, sheet.lead_organisation, sheet.locality, sheet.names,
        sheet.rest
    )), '[^a-z0-9]+') AS word
WHERE live AND length(word) BETWEEN 4 AND 60 AND sheet.id IN (SELECT id FROM hidden_marks)
ON CONFLICT DO NOTHING;
UPDATE directory_indexrevision SET number = greatest(
    number + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
) WHERE EXISTS (SELECT FROM hidden_marks);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('http', '0004_french_invisible'),
        ('directory', '0003_french_words'),
    ]

    operations = [
        migrations.RunSQL(sql=LISTINGS, reverse_sql=migrations.RunSQL.noop),
    ]
