"""Rows of the open API: plain values, nothing personal."""

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.ground.audit import selectors as journal
from explor.journey.sheets import engine
from explor.journey.sheets.models import ProjectSheet
from explor.journey.shortlists.selectors import missions_to_fill
from explor.oversight.indicators import queries as indicators
from explor.public.directory import selectors as directory
from explor.public.open_data import queries as datasets

COLUMNS = (
    "pk", "slug", "title", "lead_organisation", "locality", "countries", "zones", "sectors", "sdgs",
    "funders", "department", "network__slug", "start_on", "end_on", "declared", "published_at",
    "confirmed_on", "purpose",
)  # fmt: skip


def sheets(
    filters: directory.Filters, *, limit: int, cursor: str | None, at: Any
) -> dict[str, Any]:
    """A page of sheets in the order asked for, after the one the cursor names."""
    found = directory.search(filters, version=at, respell=False, counted=False)
    sheet, rank = map(int, cursor.split("-")) if cursor else (0, 0)
    first = found.after(sheet, rank) if cursor else 0
    numbers = found.slice(first, limit)
    published = ProjectSheet.objects.published().filter(pk__in=numbers)
    today = timezone.localdate()
    rows = {row[0]: _sheet(today, *row[1:]) for row in published.values_list(*COLUMNS)}
    more = first + limit < found.total
    return {
        "total": found.total,
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
        "url": datasets.address_of(slug),
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
    """A whole sheet, as in the file of all of them."""
    network = row.network.slug if row.network else None
    published, confirmed = row.published_at or row.created_at, row.confirmed_on
    return datasets.sheet_record(
        row.slug, network, published, confirmed, row.countries, row.content, row.missions,
        row.start_on, row.end_on, row.declared,
    )  # fmt: skip


def missions(*, limit: int, cursor: str | None) -> dict[str, Any]:
    """Announced needs with a free seat, the first made first."""
    after = int(cursor.split("-")[0]) if cursor else 0
    found = missions_to_fill().filter(pk__gt=after).order_by("pk")
    rows: list[Any] = list(found[: limit + 1])
    told = [datasets.need_record(need) for need in rows[:limit]]
    return {"suivant": f"{rows[limit - 1].pk}-0" if len(rows) > limit else None, "resultats": told}


def organisations(*, limit: int, cursor: str | None) -> dict[str, Any]:
    """Verified associations that have a published sheet, with how many."""
    after = int(cursor.split("-")[0]) if cursor else 0
    rows: list[Any] = list(datasets.organisations().filter(pk__gt=after)[: limit + 1])
    told = [datasets.organisation_record(row) for row in rows[:limit]]
    return {"suivant": f"{rows[limit - 1].pk}-0" if len(rows) > limit else None, "resultats": told}


def networks() -> list[dict[str, Any]]:
    """The networks of the scheme, with how many sheets each has published."""
    published = Count("sheets", filter=Q(sheets__state="published"))
    return [
        {
            "slug": row.slug,
            "nom": row.name,
            "region": row.region,
            "departements": row.departments,
            "site": row.website or None,
            "fiches": row.published,
        }
        for row in Network.objects.filter(in_explor=True).annotate(published=published)
    ]


def figures(year: int | None, network: str) -> dict[str, Any] | None:
    """The tables of the page of figures; None for a year or a network that has none."""
    found = indicators.read(year, network)
    if found is None:
        return None
    return {
        "annee": year,
        "reseau": found.network.slug if found.network else None,
        "calcules_le": found.at,
        "tableaux": {
            name: {"colonnes": table.columns, "lignes": table.rows}
            for name, table in indicators.tables_of(found).items()
        },
    }


def moment() -> tuple[int, Any, str, int]:
    """What tells a version of all that the API shows: the directory, the day, the last act."""
    return (*directory.index_revision(), journal.revision())


def changed_at(version: Any) -> int:
    """When the directory last changed, in seconds since 1970."""
    return int(version[0] // 1_000_000)


def calls_of(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The calls of a description, as a page shows them."""
    return [
        {
            "path": path,
            "summary": call["get"]["summary"],
            "description": call["get"]["description"],
            "parameters": [_parameter(each) for each in call["get"]["parameters"]],
        }
        for path, call in schema["paths"].items()
    ]


def _parameter(told: dict[str, Any]) -> tuple[str, str]:
    """A parameter and what may be given, in words."""
    schema = told["schema"]
    values = schema.get("enum") or schema.get("items", {}).get("enum") or []
    told_values = ", ".join(str(value) for value in values if value)
    bounds = [f"de {schema['minimum']} à {schema['maximum']}"] if "maximum" in schema else []
    many = ["peut être répété"] if schema.get("type") == "array" else []
    parts = [schema.get("description", "").rstrip("."), *bounds, *many, told_values]
    return told["name"], " ; ".join(filter(None, parts)) or "obligatoire"
