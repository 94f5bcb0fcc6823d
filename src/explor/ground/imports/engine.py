"""Adapter to the readers of CSV files and spreadsheets of `engines.formats`."""

from collections.abc import Iterator, Mapping
from itertools import islice

from explor.engines.cells import bare, is_formula
from explor.engines.formats.sheets import UnreadableSheet
from explor.engines.formats.tables import columns_of, headings, rows_of

__all__ = ["UnreadableSheet", "is_formula", "preview_of", "records_of"]
PREVIEW_ROWS, PREVIEW_CELL = 5, 80


def preview_of(content: bytes, name: str) -> tuple[list[dict[str, str]], list[list[str]]]:
    """Return the columns of a table, as `name` and `example`, and the cells of its first 5 rows.

    Raises:
        UnreadableSheet: the file is not a table, or its first line names no column.
    """
    columns = columns_of(content, name)
    rows = islice(rows_of(content, name), 1, PREVIEW_ROWS + 1)
    named = [{"name": column.name, "example": column.example} for column in columns]
    return named, [[cell[:PREVIEW_CELL] for cell in row[: len(columns)]] for row in rows]


def records_of(
    content: bytes, name: str, chosen: Mapping[str, str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the number of each line of a table and its texts by field; skip blank lines.

    Args:
        content: the bytes of the file.
        name: the name of the file, whose extension gives its format.
        chosen: the field assigned to each heading; the other columns are ignored.
    """
    rows = rows_of(content, name)
    fields = [chosen.get(heading, "") for heading in headings(next(rows, []))]
    for number, row in enumerate(rows, 2):
        cells = zip(fields, row, strict=False)
        record = {name: bare(cell).replace("\0", "") for name, cell in cells if name}
        if any(text.strip() for text in record.values()):
            yield number, record
