"""Writing of tables, row by row, in CSV, XLSX and GeoJSON; no cell is executed by a spreadsheet.

CSV cells are made safe by `explor.engines.cells`; XLSX cells are typed, so a text stays a text.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import IO, Any

from explor.engines.cells import inert
from explor.engines.formats.sheets import Sheet, sheet_to_json

from ._cells import joined, joined_links, joined_types, joined_weights

Cell = str | int | Decimal | date | None
# Limits of Excel, which refuses files above them: rows, and characters in a cell.
MAX_ROWS = 1_048_575
MAX_CELL = 32_767
CUT = (
    "\n\n[Texte coupé : une cellule s’arrête à 32 767 caractères. Il est entier en CSV et en JSON.]"
)
QUOTE, LONG = '"', 80

SHEET_COLUMNS = (
    "titre",
    "statut",
    "debut",
    "fin",
    "localite",
    "zones",
    "pays",
    "budget",
    "monnaie",
    "financeurs_regionaux",
    "financeurs_nationaux",
    "autres_financeurs",
    "secteurs",
    "odd",
    "porteur",
    "type_structure",
    "contexte",
    "publics",
    "partenaires_locaux",
    "objectifs",
    "activites",
    "resultats",
    "odd_poids",
    "liens",
    "porteur_pays",
    "porteur_secteurs",
    "porteur_adresse",
)


def sheet_row(sheet: Sheet) -> tuple[Cell, ...]:
    """Return the values of `SHEET_COLUMNS` for a sheet, without the name of any person."""
    return row_from_json(sheet_to_json(sheet))


def row_from_json(values: Mapping[str, Any]) -> tuple[Cell, ...]:
    """Return the values of `SHEET_COLUMNS` for a sheet given as JSON values (`sheet_to_json`).

    This is faster than building a `Sheet` first.
    """
    budget, lead_organisation = values.get("budget", {}), values.get("lead_organisation", {})
    return (
        *(values.get(name) for name in ("title", "status", "start", "end", "locality")),
        joined(values.get("zones", ())),
        joined(values.get("countries", ())),
        Decimal(budget["amount"]) if budget else None,
        budget.get("currency"),
        *(
            joined(values.get(f"{level}_funders", ()))
            for level in ("regional", "national", "other")
        ),
        joined(values.get("sectors", ())),
        joined(str(goal["number"]) for goal in values.get("goals", ())),
        lead_organisation.get("name"),
        joined_types(lead_organisation.get("structure_types", ())),
        *(values.get(name) for name in ("context", "audiences", "local_partners")),
        *(values.get(name) for name in ("objectives", "activities", "results")),
        joined_weights(values.get("goals", ())),
        joined_links(values.get("links", ())),
        joined(lead_organisation.get("countries", ())),
        joined(lead_organisation.get("sectors", ())),
        lead_organisation.get("address"),
    )


def csv_lines(
    columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, delimiter: str = ";"
) -> Iterator[str]:
    """Yield a CSV file line by line, headings (`columns`) first, made safe for spreadsheets.

    The first line begins with the byte order mark that spreadsheets need for UTF-8.
    """
    special = re.compile(f'[{re.escape(delimiter)}"\r\n]')
    yield "\ufeff" + delimiter.join([_quoted(inert(name), special) for name in columns]) + "\r\n"
    for cells in rows:
        yield delimiter.join([_quoted(inert(cell), special) for cell in cells]) + "\r\n"


def _quoted(text: str, special: re.Pattern[str]) -> str:
    """Return a cell in quotes if it has a special character or more than `LONG` characters."""
    if len(text) > LONG or special.search(text):
        return f'"{text.replace(QUOTE, QUOTE + QUOTE)}"'
    return text


def write_xlsx(
    columns: Sequence[str], rows: Iterable[Sequence[Cell]], out: IO[bytes], *, name: str = "Données"
) -> None:
    """Write a workbook of one sheet to `out`, in constant memory; `columns` are the headings.

    A text too long for a cell is cut, with a mention. Raises ValueError above `MAX_ROWS` rows.
    """
    import xlsxwriter  # imported on use, since a page does not need these 15 MB

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(name)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, list(columns), bold)
        for number, row in enumerate(rows, 1):
            if number > MAX_ROWS:
                raise ValueError(f"plus de {MAX_ROWS} lignes : une feuille de calcul s’arrête là")
            for column, cell in enumerate(row):
                _write_cell(sheet, number, column, cell, day)


def _write_cell(sheet: Any, row: int, column: int, cell: Cell, day: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, date):
        sheet.write_datetime(row, column, cell, day)
    elif isinstance(cell, str):
        sheet.write_string(row, column, _cut(cell))
    else:
        sheet.write_number(row, column, float(cell))


def _cut(text: str) -> str:
    """Return a text that fits in a cell of Excel, cut with a French mention if too long.

    The length is in UTF-16 code units, as in Excel.
    """
    if len(text) <= MAX_CELL // 2 or len(text.encode("utf-16-le")) <= 2 * MAX_CELL:
        return text
    room = 2 * (MAX_CELL - len(CUT))
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT


def xlsx_bytes(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return the workbook that `write_xlsx` writes, as bytes."""
    out = BytesIO()
    write_xlsx(columns, rows, out)
    return out.getvalue()


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A feature for GeoJSON: its points (longitude, latitude) in degrees, and its properties.

    Without any point, the feature is in the file but not on a map (RFC 7946, section 3.2). Raises
    ValueError for coordinates that are out of range.
    """

    key: str | int
    points: tuple[tuple[float, float], ...]
    properties: dict[str, Any]

    def __post_init__(self) -> None:
        for longitude, latitude in self.points:
            if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
                raise ValueError(f"hors de la carte : {longitude}, {latitude}")

    @property
    def geometry(self) -> dict[str, Any] | None:
        """Return the GeoJSON geometry: a Point, a MultiPoint of several, or None."""
        if len(self.points) > 1:
            return {"type": "MultiPoint", "coordinates": self.points}
        return {"type": "Point", "coordinates": self.points[0]} if self.points else None


def geojson_lines(spots: Iterable[Spot]) -> Iterator[str]:
    """Yield the text of a GeoJSON FeatureCollection in pieces, one per feature."""
    yield '{"type":"FeatureCollection","features":['
    separator = ""
    for spot in spots:
        feature = {
            "type": "Feature",
            "id": spot.key,
            "geometry": spot.geometry,
            "properties": spot.properties,
        }
        yield separator + json.dumps(feature, ensure_ascii=False)
        separator = ","
    yield "]}"
