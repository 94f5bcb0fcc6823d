"""Equity pages of the coordination: figures of all networks, without the voluntary question."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from explor.ground.http.limits import COSTLY, limited
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.export import csv_file

from .. import pages, rules, selectors
from ..rules import figures
from .reseau import exported, shown


@role_required("coordination")
def equity(request: Request) -> HttpResponse:
    context = {**shown(request), "csv": reverse("equity:coordination_export")}
    return render_page(request, "equity/coordination_equity.html", context)


@role_required("coordination")
def export(request: Request) -> HttpResponse:
    return exported(request)


@role_required("coordination")
def needs(request: Request) -> HttpResponse:
    """Show the outcomes of needs, the time spent in each state and the gaps between reviewers."""
    period = _period(request)
    spreads, stays = selectors.spreads_of(period), selectors.stays_in(period)
    context = {
        "period": period,
        "tables": pages.with_bars(selectors.tables_of(period)),
        "spreads": spreads,
        "bars": [each["bar"] for each in spreads if not each["hidden"]],
        "stays": stays,
        "slowest": pages.slowest(stays),
        "others": figures.OTHERS,
        "k": figures.K,
        "spread_columns": ["Réseau", "Dossiers", "Écart type médian", "À cinq points ou plus"],
        "stay_columns": ["Réseau", "État", "Passages", "Médiane", "Neuf sur dix"],
        "columns": ["Groupe", "Dossiers", "Recevables", "Retenus"],
    }
    return render_page(request, "equity/coordination_needs.html", context)


@limited(COSTLY)
@role_required("coordination")
def needs_export(request: Request, name: str) -> HttpResponse:
    """Send one table about needs as CSV: rates, gaps between reviewers, or time in each state.

    Raise 404 for any other `name` of file.
    """
    period = _period(request)
    if name == "taux.csv":
        return csv_file(
            "taux", pages.RATES, pages.rows_to_export(selectors.tables_of(period), period)
        )
    if name == "ecarts.csv":
        return csv_file("ecarts", pages.SPREADS, pages.spreads_to_export(period))
    if name == "durees.csv":
        return csv_file("durees", pages.STAYS, pages.stays_to_export(period))
    raise Http404


def _period(request: Request) -> selectors.Window:
    months = rules.months_from(request.GET.get("mois"), request.actor)
    return selectors.window(timezone.localdate(), months)
