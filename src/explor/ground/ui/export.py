"""Export of lists as CSV and XLSX files protected against formula injection."""

import csv
from collections.abc import Iterable
from decimal import Decimal
from io import BytesIO, StringIO

from django.http import HttpResponse

from explor.engines.cells import inert

__all__ = ["csv_file", "inert", "xlsx_file"]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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


def xlsx_file(name: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return the workbook `name`.xlsx of one sheet; amounts are numbers, texts never formulas."""
    import xlsxwriter  # when a workbook is written: 15 MB that a page does not need

    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
        for across, title in enumerate(columns):
            sheet.write_string(0, across, title, bold)
        for down, row in enumerate(rows, 1):
            for across, value in enumerate(row):
                if isinstance(value, Decimal):
                    sheet.write_number(down, across, value, money)
                elif isinstance(value, int):
                    sheet.write_number(down, across, value)
                else:
                    sheet.write_string(down, across, str(value))
    return HttpResponse(
        content.getvalue(),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )
