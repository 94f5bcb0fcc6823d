"""The officers of a network watch the chances of everyone, and ask the question or not."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.export import csv_file
from explor.ground.ui.submit import submit
from explor.ground.workflow.forms import ActionForm

from .. import actions, queries, rules
from ..models import EquitySwitch
from ..rules import figures

COLUMNS = ["Groupe", "Personnes", "Proposées", "Acceptées", "Sans suite"]


@role_required("reseau")
def equity(request: Request) -> HttpResponse:
    """The rates of each group, then the voluntary question."""
    context = {
        **shown(request),
        "csv": reverse("equity:reseau_export", args=[request.actor.key]),
        "switch": queries.switch_of(request.actor.scope or 0),
        "reading": queries.last_reading(request.actor),
        "answers": rules.ANSWERS,
        "first": rules.FIRST.days,
    }
    return render_page(request, "equity/reseau_equity.html", context)


@role_required("reseau")
def export(request: Request) -> HttpResponse:
    return exported(request)


@role_required("reseau")
def switch_on(request: Request) -> HttpResponse:
    """Ask the question, after reading what it commits to."""
    network, switch = _own(request)
    form = ActionForm(request.POST or None, subject=switch)
    act = lambda: actions.switch_on(
        network, by=request.actor, expected_version=form.expected_version
    )
    if submit(request, form, act):
        return done_redirect(request, _home(request), "La question est posée.")
    context = {"form": form, "cancel": _home(request), "k": figures.K}
    return render_page(request, "equity/reseau_switch_on.html", context)


@role_required("reseau")
def switch_off(request: Request) -> HttpResponse:
    """Ask no more, and erase every answer."""
    network, switch = _own(request)
    form = ActionForm(request.POST or None, subject=switch)
    act = lambda: actions.switch_off(
        network, by=request.actor, expected_version=form.expected_version
    )
    if submit(request, form, act):
        return done_redirect(
            request, _home(request), "La question est retirée, les réponses effacées."
        )
    context = {"form": form, "cancel": _home(request)}
    return render_page(request, "equity/reseau_switch_off.html", context)


def shown(request: Request) -> dict[str, object]:
    """What the pages of figures share, under the role of the request."""
    months = rules.months_asked(request.GET.get("mois"))
    period = queries.window(timezone.localdate(), months)
    tables = queries.tables_for(request.actor, period)
    return {
        "tables": queries.drawn(tables),
        "gaps": queries.clear_gaps(tables),
        "others": figures.OTHERS,
        "period": period,
        "months": months,
        "offered": rules.MONTHS,
        "columns": COLUMNS,
        "k": figures.K,
    }


def exported(request: Request) -> HttpResponse:
    """The same figures for a spreadsheet."""
    months = rules.months_asked(request.GET.get("mois"))
    period = queries.window(timezone.localdate(), months)
    tables = queries.tables_for(request.actor, period)
    return csv_file("egalite", queries.EXPORTED, queries.rows_to_export(tables, period))


def _own(request: Request) -> tuple[Network, EquitySwitch]:
    network = get_object_or_404(Network, pk=request.actor.scope)
    switch = queries.switch_of(network.pk)
    require(rules.can_switch(request.actor, switch))
    return network, switch


def _home(request: Request) -> str:
    return reverse("equity:reseau_equity", args=[request.actor.key])
