"""Pages on which an association appeals against a decision and its network answers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.workflow.pages import Verb, VerbPages
from explor.journey.admissibility.selectors import ties

from .. import actions, pages, rules
from ..forms import ReviewRequestForm
from ..models import Appeal, Decision
from ..states import APPEAL


def load_decision(request: Request, pk: int) -> Decision:
    """Return the announced decision on the need `pk` of the association, or raise 404."""
    visible = Decision.objects.visible_to(request.actor)
    return get_object_or_404(visible.select_related("need__call", "need__network"), need=pk)


def load_appeal(request: Request, pk: int) -> Appeal:
    """Return the appeal about the need `pk` of the network, or raise 404."""
    visible = Appeal.objects.visible_to(request.actor)
    return get_object_or_404(visible.select_related("need__association"), need=pk)


REQUESTS = VerbPages(
    "decisions",
    "reexamens/<int:pk>/",
    load=load_decision,
    back=pages.url_of_need,
    args_of=lambda decision: [decision.need_id],
    crumb=lambda decision: f"{decision.need.file_number} {decision.need.title}",
    verbs=(
        Verb(
            actions.request_review,
            "",
            label="Demander un réexamen",
            form=ReviewRequestForm,
            can=rules.can_request_review,
            blockers=pages.blockers_of_request_review,
            effects=pages.effects_of_request_review,
            done="Votre demande est partie. Votre réseau vous répondra.",
            template="decisions/association_request_review.html",
            context=lambda actor, decision: {"decision": decision},
        ),
    ),
)

ANSWERS = VerbPages(
    "decisions",
    "reexamens/<int:pk>/",
    load=load_appeal,
    back=pages.url_of_appeal,
    workflow=APPEAL,
    can=rules.can_answer,
    args_of=lambda appeal: [appeal.need_id],
    crumb=lambda appeal: f"{appeal.need.file_number} {appeal.need.title}",
    verbs=tuple(
        Verb(
            act,
            slug,
            options=lambda actor, appeal: {"ask": "Votre réponse, que l’association lira"},
            blockers=lambda actor, appeal: ties(actor, appeal.need),
            effects=effects,
            leads_to=lambda actor, appeal: pages.url_of(actor, appeal.need.decision),
            done="L’association a votre réponse.",
        )
        for act, slug, effects in (
            (actions.grant, "accepter", pages.effects_of_grant),
            (actions.uphold, "maintenir", pages.effects_of_uphold),
        )
    ),
)


@role_required("reseau")
def appeal(request: Request, pk: int) -> HttpResponse:
    """Show the appeal beside the decision that it contests."""
    instance = load_appeal(request, pk)
    context = {
        "appeal": instance,
        "need": instance.need,
        "verbs": ANSWERS.buttons(request.actor, instance),
    }
    return render_page(request, "decisions/reseau_appeal.html", context)
