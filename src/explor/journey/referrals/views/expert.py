"""Pages where an expert reads a referral and accepts or declines it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.workflow.pages import Verb, VerbPages

from .. import actions, pages, rules, selectors
from ..models import Referral
from ..states import REFERRAL


def load(request: Request, pk: int) -> Referral:
    """Return a referral addressed to this expert, or 404."""
    related = ("network", "sender", "need__association", "expert__person")
    own = Referral.objects.visible_to(request.actor).select_related(*related)
    return get_object_or_404(own, pk=pk)


VERBS = VerbPages(
    "referrals",
    "ouvertures/<int:pk>/",
    load=load,
    back=pages.url_of,
    workflow=REFERRAL,
    can=rules.can,
    crumb=lambda referral: f"Ouvrir votre profil à {referral.network} ?",
    verbs=(
        Verb(
            actions.accept,
            "accepter",
            blockers=lambda actor, referral: selectors.missing_to_accept(referral),
            effects=pages.effects_of_accept,
            done="Votre profil est ouvert à ce réseau. Merci.",
        ),
        Verb(
            actions.decline,
            "decliner",
            effects=pages.effects_of_decline,
            done="C’est noté : rien ne change.",
        ),
    ),
)


@role_required("expert")
def referral(request: Request, pk: int) -> HttpResponse:
    """Show a referral: the network and need it is for, and the effects of accepting it."""
    instance = load(request, pk)
    context = {"row": instance, "verbs": VERBS.buttons(request.actor, instance)}
    return render_page(request, "referrals/expert_referral.html", context)
