"""Adapter between published data and the engine that writes standard formats."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import IO, Any, Generic, TypeVar

from django.conf import settings
from django.utils import timezone

from explor.engines.formats.grants import Grant, Offer, grant_lines, write_feed
from explor.engines.formats.iati import (
    Activity,
    Check,
    Document,
    Finding,
    Flow,
    Party,
    Payment,
    Publisher,
    Role,
    Stage,
    UnreadableFile,
    activities_xml,
    check_iati,
    write_activities,
    write_organisation,
)
from explor.engines.formats.iati import Theme as SectorTheme
from explor.engines.formats.tables import (
    SHEET_COLUMNS,
    Cell,
    Spot,
    csv_lines,
    geojson_lines,
    row_from_json,
    write_xlsx,
)

__all__ = [
    "SHEET_COLUMNS",
    "Activity",
    "Cell",
    "Check",
    "Counted",
    "Document",
    "Finding",
    "Flow",
    "Grant",
    "Offer",
    "Party",
    "Payment",
    "Role",
    "SectorTheme",
    "Stage",
    "Table",
    "UnreadableFile",
    "check_iati",
    "findings_of",
    "grant_lines",
    "publisher",
    "row_from_json",
    "schemas",
    "write_feed",
    "write_iati",
    "write_publisher",
    "write_table",
]
Record = dict[str, Any]
Each = TypeVar("Each")
MAX_LINES = 1_000_000  # maximum rows of a spreadsheet; the other formats have every row


@dataclass(frozen=True)
class Place:
    """The map points of a record, (longitude, latitude) in degrees, and what each point represents.

    `precision` is in French, as « centre du pays »; None if there is no point.
    """

    points: tuple[tuple[float, float], ...] = ()
    precision: str | None = None


@dataclass(frozen=True, kw_only=True)
class Table:
    """A data set that can be written in any format.

    Args:
        columns: French description of each column, by name.
        records: returns the records as dictionaries.
        key: names the identifier in a record.
        row: returns the cells of a record, in the order of `columns`.
        place: returns where a record is on a map (GeoJSON).
        properties: returns the properties of a record on a map.
    """

    columns: dict[str, str]
    records: Callable[[], Iterator[Record]]
    key: str
    row: Callable[[Record], Sequence[Cell]]
    place: Callable[[Record], Place]
    properties: Callable[[Record], Record]


def write_table(table: Table, form: str, out: IO[bytes]) -> int:
    """Write the records in the format `form` (csv, json, geojson or xlsx); return how many.

    An xlsx file stops after `MAX_LINES` of them.
    """
    counted = Counted(table.records())
    columns = tuple(table.columns)
    if form == "xlsx":
        write_xlsx(columns, islice(map(table.row, counted), MAX_LINES), out)
    elif form == "csv":
        _write(csv_lines(columns, map(table.row, counted)), out)
    elif form == "geojson":
        _write(geojson_lines(_spots(table, counted)), out)
    else:
        _write(_json_lines(counted), out)
    return counted.count


class Counted(Generic[Each]):
    """An iterable over `things` that counts, in `count`, the items it has yielded."""

    def __init__(self, things: Iterable[Each]) -> None:
        self.things, self.count = things, 0

    def __iter__(self) -> Iterator[Each]:
        for thing in self.things:
            self.count += 1
            yield thing


def _write(lines: Iterable[str], out: IO[bytes]) -> None:
    for line in lines:
        out.write(line.encode())


def _json_lines(records: Iterable[Record]) -> Iterator[str]:
    """Yield the text of a JSON list, one record per line: programs may also parse it by line."""
    encode = json.JSONEncoder(ensure_ascii=False, default=date.isoformat).encode
    separator = "[\n"
    for record in records:
        yield separator + encode(record)
        separator = ",\n"
    yield "\n]\n" if separator == ",\n" else "[]\n"


def _spots(table: Table, records: Iterable[Record]) -> Iterator[Spot]:
    for record in records:
        place = table.place(record)
        own = {**table.properties(record), "precision": place.precision}
        properties = json.loads(json.dumps(own, default=date.isoformat))
        yield Spot(key=record[table.key], points=place.points, properties=properties)


def publisher() -> Publisher:
    """Return the organisation that publishes the IATI files, from the settings."""
    return Publisher(
        ref=settings.EXPLOR_IATI_REF,
        name=settings.EXPLOR_PUBLISHER,
        vocabulary_uri=f"{settings.EXPLOR_URL}/api/v1/referentiels/sectors",
    )


def schemas() -> Path | None:
    """Return the folder of the official IATI schemas, None when it is not installed."""
    return Path(settings.EXPLOR_IATI_SCHEMAS) if settings.EXPLOR_IATI_SCHEMAS else None


def findings_of(activities: Sequence[Activity]) -> list[tuple[str, Finding]]:
    """Check complete IATI activities; return (number of the activity, finding) for each finding.

    The number is that of `Activity.number`.
    """
    if not activities:
        return []
    document = activities_xml(activities, publisher=publisher(), now=timezone.localtime())
    check = check_iati(document, today=timezone.localdate(), schemas=schemas())
    return [(each.activity.rpartition("-")[2], each) for each in check.findings]


def write_iati(activities: Iterable[Activity], out: IO[bytes]) -> None:
    """Write activities, already checked, as one IATI file.

    Raises ValueError for an activity that lacks a required field (see `Activity.missing`).
    """
    write_activities(activities, publisher=publisher(), now=timezone.localtime(), out=out)


def write_publisher(documents: Iterable[Document], out: IO[bytes]) -> tuple[Finding, ...]:
    """Write the IATI organisation file of the publisher, check it and return the findings.

    The file is written even when a finding is an error.
    """
    document = BytesIO()
    write_organisation(documents, publisher=publisher(), now=timezone.localtime(), out=document)
    out.write(document.getvalue())
    return check_iati(document.getvalue(), today=timezone.localdate(), schemas=schemas()).findings
