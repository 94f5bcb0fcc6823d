"""Reading of sheets from tables (CSV, XLSX, ODS, JSON), writing of CSV, XLSX and GeoJSON."""

from ._apart import lines_apart
from ._json_rows import is_ours, objects, own_sheets
from ._names import COLUMN_LABELS, KNOWN, guess_mapping
from ._rows import Column, Table, columns_of, headings, rows_of, start_of, table_of
from ._sheets import read_rows
from ._writing import (
    SHEET_COLUMNS,
    Cell,
    Spot,
    csv_lines,
    geojson_lines,
    row_from_json,
    write_xlsx,
)

__all__ = [
    "COLUMN_LABELS",
    "KNOWN",
    "SHEET_COLUMNS",
    "Cell",
    "Column",
    "Spot",
    "Table",
    "columns_of",
    "csv_lines",
    "geojson_lines",
    "guess_mapping",
    "headings",
    "is_ours",
    "lines_apart",
    "objects",
    "own_sheets",
    "read_rows",
    "row_from_json",
    "rows_of",
    "start_of",
    "table_of",
    "write_xlsx",
]
