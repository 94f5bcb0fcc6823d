"""The public page of figures."""

import re
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from explor.ground.http.access import public
from explor.ground.http.conditional_get import VersionedRequest, conditional_get
from explor.ground.http.views import render_page
from explor.ground.ui.export import csv_file

from .. import pages, selectors

YEAR = re.compile(r"20\d\d")


@public
@require_safe
@conditional_get(selectors.version)
def figures(request: VersionedRequest) -> HttpResponse:
    """Show the figures of a year and a network; `?format=csv` sends their tables as CSV.

    With `tableau`, the CSV file has this table only. Respond 404 for an unknown year, network or
    table.
    """
    filters = _year(request.GET.get("annee", "")), request.GET.get("reseau", "")
    if request.GET.get("format") == "csv":
        reading = _read(request.version, *filters)
        return _file(pages.tables_of(reading), request.GET.get("tableau", ""))
    # While no figures are stored, each page computes them anew: the context is not cached.
    drawn = _drawn if request.version[0] else _drawn.__wrapped__
    return render_page(request, "indicators/figures.html", drawn(request.version, *filters))


@lru_cache(maxsize=64)
def _drawn(version: selectors.Version, year: int | None, network: str) -> dict[str, Any]:
    """Return the template context of the page of figures, cached until `version` changes.

    The context is that of `charts_of`, with the HTML of the page as `body`.
    """
    context = pages.charts_of(_read(version, year, network))
    return {**context, "body": SafeString(render_to_string("indicators/_body.html", context))}


def _read(version: selectors.Version, year: int | None, network: str) -> selectors.Reading:
    reading = selectors.read(year, network, counted=bool(version[0]))
    if reading is None:
        raise Http404
    return reading


def _year(text: str) -> int | None:
    """Return the year typed in the URL, None when it is blank; raise 404 when it is not a year."""
    if text and not YEAR.fullmatch(text):
        raise Http404
    return int(text) if text else None


def _file(tables: dict[str, pages.Table], name: str) -> HttpResponse:
    """Send the table `name` as CSV; without a name, send all tables, with one figure per row."""
    if not name:
        columns = ("Tableau", "Ligne", "Colonne", "Valeur")
        return csv_file("chiffres", columns, pages.exported(tables))
    if name not in tables:
        raise Http404
    return csv_file(f"chiffres-{name}", tables[name].columns, tables[name].rows)
