"""Queries that detect likely duplicates among organisations."""

from django.db import connection

from explor.actors.organisations.models import Organisation

# Two names with a similarity of 0.6 or more share at least one trigram among the rarest 40 % of
# each name. Only such pairs are compared, at most 300,000: comparing all pairs of one town would
# take a minute for 2,000 names.
PAIRS = """
WITH own AS MATERIALIZED (
    SELECT id, kind, postcode, lower(unaccent(name)) AS key,
        coalesce(nullif(siren, ''), left(siret, 9)) AS siren
    FROM organisations_organisation WHERE network_id = %(network)s
), grams AS MATERIALIZED (
    SELECT id, kind, postcode, gram FROM own, unnest(show_trgm(key)) AS gram WHERE postcode <> ''
), ranked AS (
    SELECT id, kind, postcode, gram, count(*) OVER (PARTITION BY id) AS size,
        row_number() OVER (PARTITION BY id ORDER BY times, gram) AS rank
    FROM grams JOIN (SELECT gram, count(*) AS times FROM grams GROUP BY gram) each USING (gram)
), rare AS MATERIALIZED (
    SELECT id, kind, postcode, gram FROM ranked WHERE rank <= size - ceil(0.6 * size) + 1
), near AS MATERIALIZED (
    SELECT DISTINCT one, two FROM (
        SELECT a.id AS one, b.id AS two
        FROM rare a JOIN rare b USING (kind, postcode, gram) WHERE a.id < b.id
        LIMIT 300000) AS shared
)
SELECT a.id, b.id, 'même SIREN' FROM own a JOIN own b
    ON a.id < b.id AND a.kind = b.kind AND a.siren = b.siren AND a.siren <> ''
UNION ALL SELECT a.id, b.id, 'même nom' FROM own a JOIN own b
    ON a.id < b.id AND a.kind = b.kind AND a.key = b.key
UNION ALL SELECT one, two, 'noms proches, même code postal'
    FROM near JOIN own a ON a.id = one JOIN own b ON b.id = two
    WHERE a.key <> b.key AND similarity(a.key, b.key) >= 0.6
ORDER BY 1, 2 LIMIT 200
"""


def pairs_of(network: int) -> list[tuple[Organisation, Organisation, list[str]]]:
    """Return (organisation, other, reasons in French) for each pair of likely duplicates.

    `network` is the primary key of a network. At most 200 (pair, reason) rows are read.
    """
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, {"network": network})
        matches = cursor.fetchall()
    reasons: dict[tuple[int, int], list[str]] = {}
    for one, two, reason in matches:
        reasons.setdefault((one, two), []).append(reason)
    rows = Organisation.objects.in_bulk({pk for pair in reasons for pk in pair})
    return [(rows[one], rows[two], texts) for (one, two), texts in reasons.items()]
