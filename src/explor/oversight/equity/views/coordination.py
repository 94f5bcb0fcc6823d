"""The coordination reads the sum of what each network shows; never the voluntary question."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.export import csv_file

from .. import queries, rules
from ..queries import files
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
    """What becomes of the needs, how long each state lasts, how far reviewers stand apart."""
    months = rules.months_asked(request.GET.get("mois"))
    period = queries.window(timezone.localdate(), months)
    spreads, stays = files.spreads_of(period), files.stays_in(period)
    context = {
        "period": period,
        "months": months,
        "offered": rules.MONTHS,
        "tables": files.pictured(files.tables_of(period)),
        "spreads": spreads,
        "bars": [each["bar"] for each in spreads if not each["hidden"]],
        "stays": stays,
        "slowest": files.slowest(stays),
        "others": figures.OTHERS,
        "k": figures.K,
        "spread_columns": ["Réseau", "Dossiers", "Écart type médian", "À cinq points ou plus"],
        "stay_columns": ["Réseau", "État", "Passages", "Médiane", "Neuf sur dix"],
        "columns": ["Groupe", "Dossiers", "Recevables", "Retenus"],
    }
    return render_page(request, "equity/coordination_needs.html", context)


@role_required("coordination")
def needs_export(request: Request, name: str) -> HttpResponse:
    """One of the three tables, as CSV."""
    period = queries.window(timezone.localdate(), rules.months_asked(request.GET.get("mois")))
    if name == "taux.csv":
        return csv_file("taux", files.RATES, files.rates_to_export(files.tables_of(period), period))
    if name == "ecarts.csv":
        return csv_file("ecarts", files.SPREADS, files.spreads_to_export(period))
    if name == "durees.csv":
        return csv_file("durees", files.STAYS, files.stays_to_export(period))
    raise Http404
