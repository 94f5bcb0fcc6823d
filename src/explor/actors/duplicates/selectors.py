"""Queries that detect likely duplicates among organisations."""

from django.db import connection

from explor.actors.organisations.models import Organisation

PAIRS = """
WITH own AS MATERIALIZED (
    SELECT id, kind, postcode, lower(unaccent(name)) AS key,
        coalesce(nullif(siren, ''), left(siret, 9)) AS siren
    FROM organisations_organisation WHERE network_id = %(network)s
)
SELECT a.id, b.id, 'même SIREN' FROM own a JOIN own b
    ON a.id < b.id AND a.kind = b.kind AND a.siren = b.siren AND a.siren <> ''
UNION ALL SELECT a.id, b.id, 'même nom' FROM own a JOIN own b
    ON a.id < b.id AND a.kind = b.kind AND a.key = b.key
UNION ALL SELECT a.id, b.id, 'noms proches, même code postal' FROM own a JOIN own b
    ON a.id < b.id AND a.kind = b.kind AND a.postcode = b.postcode AND a.postcode <> ''
    AND a.key <> b.key AND similarity(a.key, b.key) >= 0.6
ORDER BY 1, 2 LIMIT 200
"""


def pairs_of(network: int) -> list[tuple[Organisation, Organisation, list[str]]]:
    """Return (organisation, other, reasons in French) for each pair of likely duplicates.

    Only the first 200 (pair, reason) rows are read; `network` is a primary key.
    """
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, {"network": network})
        matches = cursor.fetchall()
    reasons: dict[tuple[int, int], list[str]] = {}
    for one, two, reason in matches:
        reasons.setdefault((one, two), []).append(reason)
    rows = Organisation.objects.in_bulk({pk for pair in reasons for pk in pair})
    return [(rows[one], rows[two], texts) for (one, two), texts in reasons.items()]
