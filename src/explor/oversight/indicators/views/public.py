"""The consolidated figures, for anyone."""

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

from .. import queries

YEAR = re.compile(r"20\d\d")


@public
@require_safe
@conditional_get(queries.version)
def figures(request: VersionedRequest) -> HttpResponse:
    """Missions, days, countries, sectors: by year and network; `?format=csv` to take away."""
    asked = _year(request.GET.get("annee", "")), request.GET.get("reseau", "")
    if request.GET.get("format") == "csv":
        found = _read(request.version, *asked)
        return _file(queries.tables_of(found), request.GET.get("tableau", ""))
    # Figures that were not reckoned change from one page to the next: not to be kept.
    drawn = _drawn if request.version[0] else _drawn.__wrapped__
    return render_page(request, "indicators/figures.html", drawn(request.version, *asked))


@lru_cache(maxsize=64)
def _drawn(version: queries.Version, year: int | None, network: str) -> dict[str, Any]:
    """The page of a version, drawn once: it is the same for everyone."""
    context = queries.drawn(_read(version, year, network))
    return {**context, "body": SafeString(render_to_string("indicators/_body.html", context))}


def _read(version: queries.Version, year: int | None, network: str) -> queries.Reading:
    found = queries.read(year, network, reckoned=bool(version[0]))
    if found is None:
        raise Http404
    return found


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
