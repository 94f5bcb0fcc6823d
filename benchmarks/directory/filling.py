"""Thousands of published sheets, copied into their table, whose triggers fill the directory."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from explor.actors.networks.models import Network
from explor.journey.sheets import engine
from explor.journey.sheets.models import ProjectSheet

from .invented import sheet, skewed

NETWORKS = 12
TOGETHER = 1000  # rows of one transaction
FIRST = datetime(2020, 1, 1, tzinfo=UTC)
BLANK = {"missions", "sources"}
DAYS = {"approved_on", "publish_on", "reminded_on", "project"}


def networks() -> list[int]:
    """Create the networks that publish sheets, unless they exist; return their primary keys."""
    for number in range(NETWORKS - Network.objects.count()):
        Network.objects.create(
            name=f"Réseau {number}", slug=f"reseau-{number}", region="84", departments=["69"]
        )
    return list(Network.objects.order_by("pk").values_list("pk", flat=True))


def fill(first: int, last: int) -> None:
    """Copy the sheets numbered from `first` to `last` (excluded) into their table."""
    owners = [str(pk) for pk in networks()]
    fields = [field for field in ProjectSheet._meta.local_fields if field.name != "id"]
    names = ", ".join(f'"{field.column}"' for field in fields)
    rows = (_row(number, owners) for number in range(first, last))
    while chunk := list(islice(rows, TOGETHER)):
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY sheets_projectsheet ({names}) FROM STDIN") as copy,
        ):
            for row in chunk:
                copy.write_row([row[field.name] for field in fields])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _row(number: int, owners: list[str]) -> dict[str, Any]:
    result, random = sheet(number), Random(-number - 1)
    at = FIRST + timedelta(minutes=random.randrange(3_500_000))
    return {
        **dict.fromkeys(DAYS),
        **dict.fromkeys(BLANK, Jsonb([])),
        **engine.columns_of(result),
        "content": Jsonb(engine.content_of(result)),
        "sources": Jsonb({}),
        "network": skewed(random, owners),
        "slug": f"projet-{number}",
        "state": "published",
        "version": 1,
        "created_at": at,
        "state_since": at,
        "published_at": at,
        "confirmed_on": at.date(),
    }


def rows() -> Iterator[tuple[Any, ...]]:
    """Yield the published sheets as rows for datasette, in the order of `peer.COLUMNS`."""
    results = ProjectSheet.objects.published().order_by("pk").values_list(
        "pk", "slug", "title", "lead_organisation", "locality", "countries", "sectors",
        "network__slug", "year", "published_at", "purpose", "rest",
    )  # fmt: skip
    for row in results.iterator(chunk_size=2000):
        *head, countries, sectors, network, year, at, purpose, rest = row
        yield *head, countries[0], sectors[0], network, year, int(at.timestamp()), purpose, rest
