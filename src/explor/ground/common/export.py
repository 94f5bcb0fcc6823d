"""Lists to take away, as CSV that a spreadsheet opens and never runs."""

import csv
from collections.abc import Iterable
from io import StringIO

from django.http import HttpResponse

# A cell that starts so is read as a formula (OWASP, CSV injection); wide forms count too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_file(name: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """`rows` under `columns` as the file `name`.csv: UTF-8 with its mark, semicolons, as in France.

    A text that a spreadsheet would run as a formula is preceded by an apostrophe.
    """
    text = StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(columns)
    writer.writerows([inert(value) for value in row] for row in rows)
    return HttpResponse(
        "\ufeff" + text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def inert(value: object) -> str:
    """The text of a cell; blank for what is not said."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
