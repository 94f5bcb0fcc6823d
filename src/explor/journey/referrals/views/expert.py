"""The expert reads who asks and answers."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.common.access import require
from explor.ground.common.forms import Act
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, page, submit

from .. import actions, rules
from ..models import Referral

VERBS = {
    "accepter": ("accept", "Votre profil est ouvert à ce réseau. Merci."),
    "decliner": ("decline", "C’est noté : rien ne change."),
}


@wear("expert")
def referral(request: Request, pk: int) -> HttpResponse:
    """Which network, for which need, and what a yes changes."""
    found = _found(request, pk)
    verbs = [
        {"label": found.workflow.transition(found.state, verb).label, "url": _url(pk, slug)}
        for slug, (verb, _) in VERBS.items()
        if rules.can(request.actor, verb, found)
    ]
    return page(request, "referrals/expert_referral.html", {"row": found, "verbs": verbs})


@wear("expert")
def act(request: Request, pk: int, verb: str) -> HttpResponse:
    """Open the profile, or not."""
    if verb not in VERBS:
        raise Http404
    found, (name, done) = _found(request, pk), VERBS[verb]
    require(rules.can(request.actor, name, found))
    form = Act(request.POST or None, subject=found)
    back = reverse("referrals:expert_referral", args=[pk])

    def run() -> None:
        getattr(actions, name)(found, by=request.actor, seen=form.seen)

    if submit(request, form, run):
        return answer(request, back, done)
    label = found.workflow.transition(found.state, name).label
    context = {"form": form, "row": found, "label": label, "cancel": back}
    return page(request, "referrals/expert_act.html", context)


def _url(pk: int, slug: str) -> str:
    return reverse("referrals:expert_act", args=[pk, slug])


def _found(request: Request, pk: int) -> Referral:
    related = ("network", "sender", "need__association", "expert__person")
    own = Referral.objects.visible_to(request.actor).select_related(*related)
    return get_object_or_404(own, pk=pk)
