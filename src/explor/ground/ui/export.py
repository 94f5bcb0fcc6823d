"""Export of lists as CSV and XLSX files without formulas, and workbooks to fill."""

import csv
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from explor.engines.cells import inert

__all__ = ["FILES", "Columns", "csv_file", "inert", "rows_of", "template_file", "xlsx_file"]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The columns of a list: each heading with the function that returns its cell from a row.
Columns = Mapping[str, Callable[[Any], object]]


def csv_file(name: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return the file `name`.csv with these columns and rows; no cell can run a formula.

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


def template_file(name: str, sheets: Mapping[str, Iterable[Iterable[str]]]) -> HttpResponse:
    """Return the workbook `name`.xlsx to fill: the rows of each sheet, by its name.

    The first row of a sheet is in bold.
    """
    import xlsxwriter  # when a workbook is written: 15 MB that a page does not need

    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for down, row in enumerate(rows):
                for across, text in enumerate(row):
                    sheet.write_string(down, across, text, None if down else bold)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, 30, 24)
    return HttpResponse(
        content.getvalue(),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )


def xlsx_file(name: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return the workbook `name`.xlsx of one sheet; texts are never formulas.

    Amounts and counts are stored as numbers, days as dates.
    """
    import xlsxwriter  # imported on use, since a page does not need these 15 MB

    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for across, title in enumerate(columns):
            sheet.write_string(0, across, title, bold)
        for down, row in enumerate(rows, 1):
            for across, value in enumerate(row):
                if isinstance(value, Decimal):
                    sheet.write_number(down, across, value, money)
                elif isinstance(value, int):
                    sheet.write_number(down, across, value)
                elif isinstance(value, date):
                    sheet.write_datetime(down, across, value, day)
                else:
                    sheet.write_string(down, across, str(value))
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return HttpResponse(
        content.getvalue(),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )


FILES = {"csv": csv_file, "xlsx": xlsx_file}


def rows_of(columns: Columns, rows: Iterable[Any]) -> Iterable[list[object]]:
    """Yield the cells of each row; a time becomes its day in Paris, None an empty cell."""
    return ([_cell(cell(row)) for cell in columns.values()] for row in rows)


def _cell(value: object) -> object:
    if isinstance(value, datetime):
        return timezone.localdate(value)
    return "" if value is None else value
