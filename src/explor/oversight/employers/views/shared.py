"""The table of employers' gifts, for employers, associations and networks, and its files."""

from django.http import HttpResponse
from django.utils import timezone

from explor.ground.http.limits import COSTLY, limited
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.ui.export import csv_file, xlsx_file

from .. import pages, rules, selectors


def gifts(request: Request) -> HttpResponse:
    """Show the gifts of employers in a year, for the missions that the current actor may see."""
    year = rules.year_of(request.GET.get("annee", ""), timezone.localdate())
    lines = selectors.gift_lines(request.actor, year)
    context = {
        "year": year,
        "rows": pages.rows_of_gifts(request.actor, lines),
        "totals": pages.totals(lines, by="employer"),
        "columns": pages.COLUMNS,
    }
    return render_page(request, "employers/gifts.html", context)


@limited(COSTLY)
def gifts_csv(request: Request) -> HttpResponse:
    """Return the gifts of a year as a CSV file."""
    year = rules.year_of(request.GET.get("annee", ""), timezone.localdate())
    rows = pages.exported(selectors.gift_lines(request.actor, year))
    return csv_file(f"dons-{year}", pages.COLUMNS, pages.written(rows))


@limited(COSTLY)
def gifts_xlsx(request: Request) -> HttpResponse:
    """Return the gifts of a year as a spreadsheet (XLSX)."""
    year = rules.year_of(request.GET.get("annee", ""), timezone.localdate())
    rows = pages.exported(selectors.gift_lines(request.actor, year))
    return xlsx_file(f"dons-{year}", pages.COLUMNS, rows)
