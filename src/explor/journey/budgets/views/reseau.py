"""A network keeps the accounts of its missions."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.common.access import require
from explor.ground.common.forms import Act
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, create, page, submit
from explor.journey.missions.models import Mission

from .. import actions, rules
from ..forms import LineEdit, LineNew
from ..models import BudgetLine


@wear("reseau")
def plan(request: Request, pk: int) -> HttpResponse:
    """A new heading in the budget of a mission."""
    visible = Mission.objects.visible_to(request.actor).select_related("need")
    mission = get_object_or_404(visible, pk=pk)
    require(rules.can_keep(request.actor, mission))
    form = LineNew(request.POST or None)

    def act() -> str:
        fields = {name: value for name, value in form.cleaned_data.items() if name != "once"}
        actions.plan(mission, by=request.actor, **fields)
        return reverse("missions:reseau_mission", args=[request.actor.key, pk])

    if url := create(request, form, act):
        return answer(request, url, "Le poste est au budget.")
    return page(
        request, "budgets/reseau_line.html", {"form": form, "mission": mission, "line": None}
    )


@wear("reseau")
def book(request: Request, pk: int) -> HttpResponse:
    """What is planned, committed or paid on a heading."""
    visible = BudgetLine.objects.visible_to(request.actor).select_related("mission__need")
    line = get_object_or_404(visible, pk=pk)
    require(rules.can_keep(request.actor, line.mission))
    form = LineEdit(request.POST or None, subject=line)
    if submit(
        request,
        form,
        lambda: actions.book(line, by=request.actor, changes=form.values, seen=form.seen),
    ):
        url = reverse("missions:reseau_mission", args=[request.actor.key, line.mission_id])
        return answer(request, url, "C’est enregistré.")
    return page(
        request, "budgets/reseau_line.html", {"form": form, "mission": line.mission, "line": line}
    )


@wear("reseau")
def drop(request: Request, pk: int) -> HttpResponse:
    """A heading leaves the budget."""
    visible = BudgetLine.objects.visible_to(request.actor).select_related("mission__need")
    line = get_object_or_404(visible, pk=pk)
    require(rules.can_keep(request.actor, line.mission))
    form = Act(request.POST or None, subject=line)
    if submit(request, form, lambda: actions.drop(line, by=request.actor, seen=form.seen)):
        url = reverse("missions:reseau_mission", args=[request.actor.key, line.mission_id])
        return answer(request, url, "Le poste est retiré.")
    return page(request, "budgets/reseau_drop.html", {"form": form, "line": line})
