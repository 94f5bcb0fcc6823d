"""Content of the responses of the open API: plain values, no personal data."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone

from explor.journey.sheets import engine
from explor.journey.sheets.models import ProjectSheet
from explor.journey.shortlists.selectors import missions_to_fill
from explor.oversight.indicators import selectors as figures_of
from explor.oversight.indicators.pages import tables_of
from explor.public.directory import selectors as directory
from explor.public.open_data import pages as open_data
from explor.public.open_data.selectors import organisations as organisations_with_sheets

from . import selectors


def sheets(
    filters: directory.Filters, *, limit: int, cursor: str | None, at: Any
) -> dict[str, Any]:
    """Return one page of project sheets that match `filters`, sorted as `filters` asks.

    Args:
        filters: the search.
        limit: the number of sheets per page.
        cursor: the cursor given with the previous page (the last sheet of that page, and its rank
            in the results, from 1); None for the first page.
        at: the `Version` of the directory to search.

    Returns:
        `total`, the number of matching sheets; `suivant`, the cursor of the next page or None;
        `resultats`, one dictionary per sheet.
    """
    results = directory.search(filters, version=at, respell=False, counted=False)
    sheet, rank = map(int, cursor.split("-")) if cursor else (0, 0)
    first = results.after(sheet, rank) if cursor else 0
    numbers = results.slice(first, limit)
    today = timezone.localdate()
    rows = {row[0]: _sheet(today, *row[1:]) for row in selectors.sheet_rows(numbers)}
    more = first + limit < results.total
    return {
        "total": results.total,
        "suivant": f"{numbers[-1]}-{first + limit}" if more and numbers else None,
        "resultats": [rows[number] for number in numbers if number in rows],
    }


def _sheet(
    today: date, slug: str, title: str, lead_organisation: str, locality: str, countries: list[str],
    zones: list[str], sectors: list[str], sdgs: list[int], funders: list[str], department: str,
    network: str | None, start: Any, end: Any, declared: str, published: Any, confirmed: Any,
    purpose: str,
) -> dict[str, Any]:  # fmt: skip
    return {
        "slug": slug,
        "titre": title,
        "url": open_data.address_of(slug),
        "statut": engine.status_of_days(start, end, declared, today) or None,
        "porteur": lead_organisation or None,
        "localite": locality or None,
        "pays": countries,
        "zones": zones,
        "secteurs": sectors,
        "odd": sdgs,
        "financeurs": funders,
        "departement": department or None,
        "reseau": network,
        "debut": start,
        "fin": end,
        "publiee_le": timezone.localdate(published),
        "confirmee_le": confirmed,
        "objectifs": purpose or None,
    }


def sheet(row: ProjectSheet) -> dict[str, Any]:
    """Return a project sheet with the same fields as in the open data file."""
    network = row.network.slug if row.network else None
    published, confirmed = row.published_at or row.created_at, row.confirmed_on
    return open_data.sheet_record(
        row.slug, network, published, confirmed, row.countries, row.content, row.missions,
        row.start_on, row.end_on, row.declared,
    )  # fmt: skip


def missions(*, limit: int, cursor: str | None) -> dict[str, Any]:
    """Return {suivant, resultats}: a page of the announced needs with a free seat.

    Needs are sorted by primary key; `suivant` is the cursor of the next page or None.
    """
    after = int(cursor.split("-")[0]) if cursor else 0
    needs = missions_to_fill().filter(pk__gt=after).order_by("pk")
    rows: list[Any] = list(needs[: limit + 1])
    return _page(rows, limit, open_data.need_record)


def organisations(*, limit: int, cursor: str | None) -> dict[str, Any]:
    """Return {suivant, resultats}: a page of the verified associations with a published sheet.

    Associations are sorted by primary key, and each has its number of published sheets; `suivant`
    is the cursor of the next page or None.
    """
    after = int(cursor.split("-")[0]) if cursor else 0
    rows: list[Any] = list(organisations_with_sheets().filter(pk__gt=after)[: limit + 1])
    return _page(rows, limit, open_data.organisation_record)


def _page(rows: list[Any], limit: int, record: Callable[[Any], Any]) -> dict[str, Any]:
    """Return {suivant, resultats}: the next cursor or None, and at most `limit` records."""
    following = f"{rows[limit - 1].pk}-0" if len(rows) > limit else None
    return {"suivant": following, "resultats": [record(row) for row in rows[:limit]]}


def networks() -> list[dict[str, Any]]:
    """Return the slug, name, region, départements and site of each network of the programme.

    The last key, `fiches`, is its number of published sheets; keys are in French.
    """
    return [
        {
            "slug": row.slug,
            "nom": row.name,
            "region": row.region,
            "departements": row.departments,
            "site": row.website or None,
            "fiches": row.published,
        }
        for row in selectors.networks()
    ]


def figures(year: int | None, network: str) -> dict[str, Any] | None:
    """Return the tables of the public page of figures; None for an unknown year or network.

    Keys: `annee`, `reseau` (its slug), `calcules_le` and `tableaux`, which gives the columns and
    the rows of each table by its name.
    """
    reading = figures_of.read(year, network)
    if reading is None:
        return None
    return {
        "annee": year,
        "reseau": reading.network.slug if reading.network else None,
        "calcules_le": reading.at,
        "tableaux": {
            name: {"colonnes": table.columns, "lignes": table.rows}
            for name, table in tables_of(reading).items()
        },
    }


def changed_at(version: Any) -> int:
    """Return when the directory last changed, in seconds since 1970.

    `version` is a tuple that begins with the number of the directory's revision.
    """
    return int(version[0] // 1_000_000)


def calls_of(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Return {path, summary, description, parameters} for each endpoint of an OpenAPI schema.

    `parameters` are pairs: the name, and the accepted values in French.
    """
    return [
        {
            "path": path,
            "summary": call["get"]["summary"],
            "description": call["get"]["description"],
            "parameters": [_parameter(each) for each in call["get"]["parameters"]],
        }
        for path, call in schema["paths"].items()
    ]


def _parameter(parameter: dict[str, Any]) -> tuple[str, str]:
    """Return the name of a parameter and its accepted values, in French."""
    schema = parameter["schema"]
    values = schema.get("enum") or schema.get("items", {}).get("enum") or []
    listed = ", ".join(str(value) for value in values if value)
    bounds = [f"de {schema['minimum']} à {schema['maximum']}"] if "maximum" in schema else []
    many = ["peut être répété"] if schema.get("type") == "array" else []
    parts = [schema.get("description", "").rstrip("."), *bounds, *many, listed]
    return parameter["name"], " ; ".join(filter(None, parts)) or "obligatoire"
