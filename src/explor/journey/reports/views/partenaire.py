"""The page where a field partner, who has no account, evaluates a mission by a personal link."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from explor.ground.accounts.selectors import link_of
from explor.ground.http.access import private_link, public, require
from explor.ground.http.actor import Actor
from explor.ground.http.languages import written_in
from explor.ground.http.views import render_page
from explor.ground.ui.submit import submit
from explor.journey.missions.models import Mission

from .. import actions, rules
from ..forms import EvaluationForm
from ..models import JointEvaluation


@public
@private_link
def evaluation(request: HttpRequest, link: str) -> HttpResponse:
    """Show the evaluation form in the partner's language, then a page of thanks."""
    link_used = link_of(link, Mission)
    if link_used is None:
        raise Http404
    mission = get_object_or_404(
        Mission.objects.select_related("need", "association"),
        pk=link_used.subject.partition(":")[2],
    )
    by = Actor(name=link_used.name, email=link_used.email, role="partenaire")
    require(rules.can_evaluate(by, mission))
    voice = JointEvaluation.Voice.PARTNER
    form = EvaluationForm(request.POST or None)
    done = mission.evaluations.filter(voice=voice).exists() or submit(
        request, form, lambda: actions.evaluate(mission, by=by, voice=voice, **form.marks)
    )
    context = {"form": form, "mission": mission, "done": done}
    with written_in(link_used.language) as language:
        context["language"] = language
        return render_page(request, "reports/partenaire_evaluation.html", context)
