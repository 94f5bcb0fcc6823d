"""Export of lists as CSV files protected against formula injection."""

import csv
from collections.abc import Iterable
from io import StringIO

from django.http import HttpResponse

from explor.engines.cells import inert

__all__ = ["csv_file", "inert"]


def csv_file(name: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return the file `name`.csv with these columns and rows; no cell of it can run a formula.

    The file is in UTF-8 with a byte order mark and semicolons, as French spreadsheets expect.
    """
    text = StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([inert(name) for name in columns])
    writer.writerows([inert(value) for value in row] for row in rows)
    return HttpResponse(
        "\ufeff" + text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
