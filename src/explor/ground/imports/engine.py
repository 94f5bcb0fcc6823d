"""Adapter to the readers of CSV files and spreadsheets of `engines.formats`."""

from collections.abc import Iterator, Mapping

from explor.engines.cells import bare, is_formula
from explor.engines.formats import glance_at
from explor.engines.formats.sheets import UnreadableSheet
from explor.engines.formats.tables import table_of
from explor.ground.http.turns import turn

__all__ = ["UnreadableSheet", "is_formula", "preview_of", "records_of"]


def preview_of(content: bytes, name: str) -> tuple[list[dict[str, str]], list[list[str]]]:
    """Return the columns of a table, as `name` and `example`, and the cells of its first 5 rows.

    The file is opened in a separate process with limits; only a few files are opened at a time.

    Raises:
        UnreadableSheet: the file is not a table, or its first line names no column.
        ActionNotAllowed: too many files are being opened.
    """
    with turn():
        start = glance_at(name, content)
    return start.columns, start.rows


def records_of(
    content: bytes, name: str, chosen: Mapping[str, str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the number of each line of a table and its texts by field; skip blank lines.

    Args:
        content: the bytes of the file.
        name: the name of the file, whose extension gives its format.
        chosen: the field assigned to each heading; the other columns are ignored.
    """
    table = table_of(content, name)
    fields = [chosen.get(heading, "") for heading in table.headings]
    for number, row in table.rows:
        cells = zip(fields, row, strict=False)
        record = {name: bare(cell).replace("\0", "") for name, cell in cells if name}
        if any(text.strip() for text in record.values()):
            yield number, record
