"""Evaluating and following, under the hats that may."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from explor.ground.common.access import require
from explor.ground.common.request import Request
from explor.ground.common.views import answer, create, page, submit
from explor.journey.missions.models import Mission
from explor.journey.missions.pages import url_of

from .. import actions, rules
from ..forms import EvaluationForm, FollowForm
from ..models import Recommendation, Report


def evaluate(request: Request, pk: int) -> HttpResponse:
    """One voice of the joint evaluation."""
    reports = Report.objects.visible_to(request.actor)
    visible = Mission.objects.visible_to(request.actor).filter(report__in=reports)
    mission = get_object_or_404(visible.select_related("need"), pk=pk)
    form = EvaluationForm(request.POST or None)

    def act() -> str:
        voice = rules.VOICES[request.actor.hat]
        actions.evaluate(mission, by=request.actor, voice=voice, **form.marks)
        return url_of(request.actor, mission)

    if url := create(request, form, act):
        return answer(request, url, "Merci, votre évaluation est enregistrée.")
    back = url_of(request.actor, mission)
    context = {"form": form, "label": "Évaluer la mission", "back": back}
    return page(request, "reports/act.html", context)


def follow(request: Request, pk: int) -> HttpResponse:
    """Where a recommendation stands."""
    visible = Mission.objects.visible_to(request.actor)
    found = get_object_or_404(
        Recommendation.objects.select_related("mission__need"), pk=pk, mission__in=visible
    )
    require(rules.can_follow(request.actor, found.mission))
    form = FollowForm(request.POST or None, subject=found)
    if submit(
        request,
        form,
        lambda: actions.follow(found, by=request.actor, seen=form.seen, **form.values),
    ):
        return answer(request, url_of(request.actor, found.mission), "C’est noté.")
    back = url_of(request.actor, found.mission)
    return page(request, "reports/act.html", {"form": form, "label": found.text, "back": back})
