"""Pages where an expert answers the voluntary question of a network, or erases the answer."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from explor.actors.experts.models import Expert
from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.privacy.terms import days
from explor.ground.roles.registry import role_required
from explor.ground.ui.submit import run_once, submit

from .. import actions, rules
from ..forms import QuestionForm
from ..models import EquityAnswer, EquitySwitch
from ..rules import figures


@role_required("expert")
def question(request: Request, network: str) -> HttpResponse:
    """Show the voluntary question, its purpose and the use of answers; save the answer."""
    own, switch = _load(request, network)
    require(rules.can_answer(request.actor, own))
    answered = EquityAnswer.objects.visible_to(request.actor).filter(switch=switch).first()
    form = QuestionForm(request.POST or None, answered=answered)

    def answer() -> None:
        actions.answer(switch, expert=own, by=request.actor, **form.cleaned_data)

    if submit(request, form, answer):
        return done_redirect(request, _url(network), "C’est noté, à part de votre profil. Merci.")
    years = days("equity") // 365
    context = {"form": form, "switch": switch, "answered": answered, "k": figures.K, "years": years}
    return render_page(request, "equity/expert_question.html", context)


@role_required("expert")
@require_POST
def erase(request: Request, network: str) -> HttpResponse:
    """Erase the expert's answer to the voluntary question of a network."""
    own, switch = _load(request, network)
    require(rules.can_answer(request.actor, own))
    run_once(request, lambda: actions.erase(switch, expert=own, by=request.actor))
    return done_redirect(request, _url(network), "Votre réponse est effacée.")


def _url(network: str) -> str:
    return reverse("equity:expert_question", args=[network])


def _load(request: Request, network: str) -> tuple[Expert, EquitySwitch]:
    asking = EquitySwitch.objects.visible_to(request.actor).select_related("network")
    own = get_object_or_404(Expert, pk=request.actor.scope)
    return own, get_object_or_404(asking, network__slug=network)
