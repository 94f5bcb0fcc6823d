"""Equity pages of a network: the rates of each group, and the voluntary question.

The context and the CSV file of the rates also serve the coordination.
"""

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.ground.http.access import require
from explor.ground.http.limits import COSTLY, limited
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.export import csv_file
from explor.ground.ui.submit import submit
from explor.ground.workflow.forms import ActionForm

from .. import actions, pages, rules, selectors
from ..models import EquitySwitch
from ..rules import figures

COLUMNS = ["Groupe", "Personnes", "Proposées", "Acceptées", "Sans suite"]


@role_required("reseau")
def equity(request: Request) -> HttpResponse:
    """Show the rates of each group, then the state of the voluntary question."""
    context = {
        **shown(request),
        "csv": reverse("equity:reseau_export", args=[request.actor.key]),
        "switch": selectors.switch_of(request.actor.scope or 0),
        "reading": selectors.last_reading(request.actor),
        "answers": rules.ANSWERS,
        "first": rules.FIRST.days,
    }
    return render_page(request, "equity/reseau_equity.html", context)


@limited(COSTLY)
@role_required("reseau")
def export(request: Request) -> HttpResponse:
    return exported(request)


@role_required("reseau")
def switch_on(request: Request) -> HttpResponse:
    """Show what asking the voluntary question implies; start asking it on confirmation."""
    network, switch = _own(request)
    form = ActionForm(request.POST or None, subject=switch)
    if submit(request, form, partial(_switch, request, network, actions.switch_on, form)):
        return done_redirect(request, _home(request), "La question est posée.")
    context = {"form": form, "cancel": _home(request), "k": figures.K}
    return render_page(request, "equity/reseau_switch_on.html", context)


@role_required("reseau")
def switch_off(request: Request) -> HttpResponse:
    """Stop asking the voluntary question and erase every answer, on confirmation."""
    network, switch = _own(request)
    form = ActionForm(request.POST or None, subject=switch)
    if submit(request, form, partial(_switch, request, network, actions.switch_off, form)):
        return done_redirect(
            request, _home(request), "La question est retirée, les réponses effacées."
        )
    context = {"form": form, "cancel": _home(request)}
    return render_page(request, "equity/reseau_switch_off.html", context)


def shown(request: Request) -> dict[str, object]:
    """Return the template context shared by the equity pages: the figures that the actor may see.

    Keys: `tables`, `gaps` (sentences), `period`, `months` (selected) and `offered`, among others.
    """
    months = rules.months_from(request.GET.get("mois"), request.actor)
    period = selectors.window(timezone.localdate(), months)
    tables = selectors.tables_for(request.actor, period)
    return {
        "tables": pages.displayed(tables),
        "gaps": pages.clear_gaps(tables),
        "others": figures.OTHERS,
        "period": period,
        "months": months,
        "offered": rules.months_offered(request.actor),
        "columns": COLUMNS,
        "k": figures.K,
    }


def exported(request: Request) -> HttpResponse:
    """Send as CSV the rates of each group that the actor may see."""
    months = rules.months_from(request.GET.get("mois"), request.actor)
    period = selectors.window(timezone.localdate(), months)
    tables = selectors.tables_for(request.actor, period)
    return csv_file("egalite", pages.EXPORTED, pages.rows_to_export(tables, period))


def _own(request: Request) -> tuple[Network, EquitySwitch]:
    network = get_object_or_404(Network, pk=request.actor.scope)
    switch = selectors.switch_of(network.pk)
    require(rules.can_switch(request.actor, switch))
    return network, switch


def _switch(
    request: Request, network: Network, verb: Callable[..., object], form: ActionForm
) -> None:
    verb(network, by=request.actor, expected_version=form.expected_version)


def _home(request: Request) -> str:
    return reverse("equity:reseau_equity", args=[request.actor.key])
