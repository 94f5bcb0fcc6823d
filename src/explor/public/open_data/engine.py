"""Between what is published and the writers of the interchange engine."""

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
    Party,
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
    "Grant",
    "Offer",
    "Party",
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
MAX_LINES = 1_000_000  # of a spreadsheet; beyond, the other forms hold them all


@dataclass(frozen=True, kw_only=True)
class Table:
    """A set of records: `columns` with their meaning, `row` and `spot` of a record."""

    columns: dict[str, str]
    records: Callable[[], Iterator[Record]]
    row: Callable[[Record], Sequence[Cell]]
    place: Callable[[Record], tuple[float, float] | None]
    properties: Callable[[Record], Record]


def write_table(table: Table, form: str, out: IO[bytes]) -> int:
    """Write the whole set as « csv », « json », « geojson » or « xlsx »; returns how many."""
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
    """Things to write one by one, which tell how many they were."""

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
    """A list, one record a line, so that it may be read line by line too."""
    encode = json.JSONEncoder(ensure_ascii=False, default=date.isoformat).encode
    separator = "[\n"
    for record in records:
        yield separator + encode(record)
        separator = ",\n"
    yield "\n]\n" if separator == ",\n" else "[]\n"


def _spots(table: Table, records: Iterable[Record]) -> Iterator[Spot]:
    for record in records:
        longitude, latitude = table.place(record) or (None, None)
        properties = json.loads(json.dumps(table.properties(record), default=date.isoformat))
        yield Spot(longitude=longitude, latitude=latitude, properties=properties)


def publisher() -> Publisher:
    """The organisation in whose name activities are declared."""
    return Publisher(
        ref=settings.EXPLOR_IATI_REF,
        name=settings.EXPLOR_PUBLISHER,
        vocabulary_uri=f"{settings.EXPLOR_URL}/api/v1/referentiels/sectors",
    )


def schemas() -> Path | None:
    """The folder of the standard's schemas, when the installation has one."""
    return Path(settings.EXPLOR_IATI_SCHEMAS) if settings.EXPLOR_IATI_SCHEMAS else None


def findings_of(activities: Sequence[Activity]) -> list[tuple[str, Finding]]:
    """What our check says of complete activities, each remark with the activity's number."""
    if not activities:
        return []
    with_related = activities_xml(activities, publisher=publisher(), now=timezone.now())
    found = check_iati(with_related, today=timezone.localdate(), schemas=schemas())
    return [(each.activity.rpartition("-")[2], each) for each in found.findings]


def write_iati(activities: Iterable[Activity], out: IO[bytes]) -> None:
    """Write checked activities as one file."""
    write_activities(activities, publisher=publisher(), now=timezone.now(), out=out)


def write_publisher(documents: Iterable[Document], out: IO[bytes]) -> tuple[Finding, ...]:
    """Write who publishes, where it is told, and return what our check says of it."""
    with_related = BytesIO()
    write_organisation(documents, publisher=publisher(), now=timezone.now(), out=with_related)
    out.write(with_related.getvalue())
    return check_iati(
        with_related.getvalue(), today=timezone.localdate(), schemas=schemas()
    ).findings
