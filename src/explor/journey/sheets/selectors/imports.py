"""Database queries on imports of sheets: possible duplicates, sheets known already, old imports."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from explor.actors.networks.models import Network
from explor.ground.reference.selectors import fold

from .. import engine, rules
from ..models import FormerSlug, ImportLine, ProjectSheet, SheetImport
from ..states import State

ALIKE = 0.75  # least trigram similarity of the titles of possible duplicates
SIMILAR = """
SELECT line.number, near.id
FROM unnest(%s::int[], %s::text[]) AS line (number, title)
CROSS JOIN LATERAL (
    SELECT id FROM sheets_projectsheet
    WHERE title_key %% line.title AND (state = 'published' OR network_id = %s)
    ORDER BY similarity(title_key, line.title) DESC, id LIMIT 1
) AS near
"""


def similar_sheets(network: int, titles: Sequence[tuple[int, str]]) -> dict[int, ProjectSheet]:
    """Return {line number: sheet of the most similar title} for (line number, title) pairs.

    Lines without a title similar enough are left out, and the sheets that other networks have not
    published.

    Args:
        network: the primary key of the network that imports.
    """
    numbers, keys = [n for n, _ in titles], [fold(title)[:250] for _, title in titles]
    with transaction.atomic(), connection.cursor() as cursor:
        # For performance: the index skips less similar titles instead of comparing a third of all.
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(ALIKE)])
        cursor.execute(SIMILAR, [numbers, keys, network])
        similar: dict[int, int] = dict(cursor.fetchall())
    sheets = ProjectSheet.objects.only("title", "lead_organisation").in_bulk(set(similar.values()))
    return {number: sheets[pk] for number, pk in similar.items()}


def imported_before(
    sheet: engine.Sheet, network: Network | None, source_id: str = ""
) -> ProjectSheet | None:
    """Return the sheet without project that a network imported from the same source, locked.

    The sheet is found by the identifier of the source when there is one, see `_of_source`;
    otherwise by the same title and organisation, both filled, or by exactly the same content. Two
    different identifiers always mean two sheets.
    """
    named = sheet.title and sheet.lead_organisation.name
    columns = engine.columns_of(sheet)
    same = Q(content=engine.content_of(sheet))
    if named:
        same |= Q(title=columns["title"], lead_organisation=columns["lead_organisation"])
    rows = ProjectSheet.objects.select_for_update(of=("self",)).order_by("pk")
    rows = rows.filter(project=None, network=network)
    if source_id and (known := rows.filter(_of_source([source_id])).first()):
        return known
    return rows.filter(same, *([Q(source_id="")] if source_id else [])).first()


def sheets_by_source(network: int, source_ids: Sequence[str]) -> dict[str, ProjectSheet]:
    """Return {identifier of the source: sheet} among the sheets that a network may see.

    The network sees its own sheets, which come first, and those that other networks published.

    Args:
        network: the primary key of the network that imports.
    """
    slugs = {each: rules.own_slug(each) for each in source_ids if each}
    visible = Q(network=network) | Q(state=State.PUBLISHED)
    rows = ProjectSheet.objects.filter(_of_source(source_ids), visible).only(
        "source_id", "slug", "state", "title", "network", "project"
    )
    sheets: dict[str, ProjectSheet] = {}
    others_first = rows.prefetch_related("former_slugs").order_by("-pk")
    for row in sorted(others_first, key=lambda row: row.network_id == network):
        known_as = {row.slug, *(each.slug for each in row.former_slugs.all())}
        same = [each for each in slugs if each == row.source_id or slugs[each] in known_as]
        sheets |= dict.fromkeys(same, row)
    return sheets


def _of_source(source_ids: Sequence[str]) -> Q:
    """Filter the sheets with these identifiers: kept from an import, or the URL of their page."""
    slugs = {rules.own_slug(each) for each in source_ids} - {""}
    former = FormerSlug.objects.filter(slug__in=slugs).values("sheet")
    return Q(source_id__in={*source_ids} - {""}) | Q(slug__in=slugs) | Q(pk__in=former)


def old_imports(before: datetime) -> "QuerySet[SheetImport]":
    """Return the imports begun before an instant whose lines or file are still stored."""
    lines = ImportLine.objects.filter(batch=OuterRef("pk"))
    return SheetImport.objects.filter(Exists(lines) | ~Q(file=""), created_at__lt=before)
