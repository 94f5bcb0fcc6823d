"""The consolidated figures, for anyone."""

import re

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from explor.ground.common.access import public
from explor.ground.common.export import csv_file
from explor.ground.common.freshness import Versioned, fresh
from explor.ground.common.views import page

from .. import queries

YEAR = re.compile(r"20\d\d")


@public
@require_safe
@fresh(queries.version)
def figures(request: Versioned) -> HttpResponse:
    """Missions, days, countries, sectors: by year and network; `?format=csv` to take away."""
    year, network = _year(request.GET.get("annee", "")), request.GET.get("reseau", "")
    found = queries.read(year, network, reckoned=request.version[0])
    if found is None:
        raise Http404
    if request.GET.get("format") == "csv":
        return _file(queries.tables_of(found), request.GET.get("tableau", ""))
    return page(request, "indicators/figures.html", queries.drawn(found))


def _year(text: str) -> int | None:
    """The year asked for, none for all of them; 404 for what is no year."""
    if text and not YEAR.fullmatch(text):
        raise Http404
    return int(text) if text else None


def _file(tables: dict[str, queries.Table], name: str) -> HttpResponse:
    """One table, or all of them a figure a line."""
    if not name:
        columns = ("Tableau", "Ligne", "Colonne", "Valeur")
        return csv_file("chiffres", columns, queries.exported(tables))
    if name not in tables:
        raise Http404
    return csv_file(f"chiffres-{name}", tables[name].columns, tables[name].rows)
