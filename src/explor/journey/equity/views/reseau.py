"""The officers of a network watch the chances of everyone, and ask the question or not."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.ground.common.access import require
from explor.ground.common.export import csv_file
from explor.ground.common.forms import Act
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, page, submit

from .. import actions, queries, rules
from ..models import EquitySwitch
from ..rules import figures

COLUMNS = ["Groupe", "Personnes", "Proposées", "Acceptées", "Sans suite"]


@wear("reseau")
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
    return page(request, "equity/reseau_equity.html", context)


@wear("reseau")
def export(request: Request) -> HttpResponse:
    return exported(request)


@wear("reseau")
def switch_on(request: Request) -> HttpResponse:
    """Ask the question, after reading what it commits to."""
    network, switch = _own(request)
    form = Act(request.POST or None, subject=switch)
    act = lambda: actions.switch_on(network, by=request.actor, seen=form.seen)  # noqa: E731
    if submit(request, form, act):
        return answer(request, _home(request), "La question est posée.")
    context = {"form": form, "cancel": _home(request), "k": figures.K}
    return page(request, "equity/reseau_switch_on.html", context)


@wear("reseau")
def switch_off(request: Request) -> HttpResponse:
    """Ask no more, and erase every answer."""
    network, switch = _own(request)
    form = Act(request.POST or None, subject=switch)
    act = lambda: actions.switch_off(network, by=request.actor, seen=form.seen)  # noqa: E731
    if submit(request, form, act):
        return answer(request, _home(request), "La question est retirée, les réponses effacées.")
    context = {"form": form, "cancel": _home(request)}
    return page(request, "equity/reseau_switch_off.html", context)


def shown(request: Request) -> dict[str, object]:
    """What the pages of figures share, under the hat of the request."""
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
