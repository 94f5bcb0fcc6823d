"""An association requests a review; its network answers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.submit import create, submit
from explor.ground.workflow.forms import ActionForm
from explor.journey.committees.selectors import bylaws_of

from .. import actions, rules
from ..forms import ReviewRequestForm
from ..models import Appeal, Decision

ANSWERS = {"accepter": ("grant", actions.grant), "maintenir": ("dismiss", actions.dismiss)}


@role_required("association")
def request_review(request: Request, pk: int) -> HttpResponse:
    """Request, once, the review of a decision."""
    visible = Decision.objects.visible_to(request.actor).select_related("need__call")
    decision = get_object_or_404(visible, need=pk)
    require(rules.can_request_review(request.actor, decision))
    form = ReviewRequestForm(request.POST or None)
    url = reverse("needs:association_need", args=[request.actor.key, pk])

    def act() -> str:
        actions.request_review(decision, by=request.actor, text=form.cleaned_data["text"])
        return url

    if done := create(request, form, act):
        return done_redirect(request, done, "Votre demande est partie. Votre réseau vous répondra.")
    days = bylaws_of(decision.need.call).appeal_days
    context = {
        "form": form,
        "need": decision.need,
        "decision": decision,
        "missing": rules.missing_to_request_review(decision, days, timezone.now()),
        "back": url,
    }
    return render_page(request, "decisions/association_request_review.html", context)


@role_required("reseau")
def appeal(request: Request, pk: int) -> HttpResponse:
    """Show what the association says, beside what was decided."""
    found = _appeal(request, pk)
    rows = found.workflow.verbs(found.state, "reseau")
    slugs = {verb: slug for slug, (verb, _) in ANSWERS.items()}
    context = {
        "appeal": found,
        "need": found.need,
        "verbs": [
            {
                "label": row.label,
                "url": reverse(
                    "decisions:reseau_answer", args=[request.actor.key, pk, slugs[row.verb]]
                ),
                "danger": row.danger,
            }
            for row in rows
        ],
    }
    return render_page(request, "decisions/reseau_appeal.html", context)


@role_required("reseau")
def answer_review(request: Request, pk: int, slug: str) -> HttpResponse:
    """Answer a request for review, in words the association reads."""
    found = _appeal(request, pk)
    verb, action = ANSWERS.get(slug, ("", actions.dismiss))
    require(rules.can_answer(request.actor, verb, found))
    ask = "Votre réponse, que l’association lira"
    form = ActionForm(request.POST or None, subject=found, needs_reason=True, ask=ask)
    if submit(
        request,
        form,
        lambda: action(
            found, by=request.actor, reason=form.why, expected_version=form.expected_version
        ),
    ):
        url = reverse("decisions:reseau_decision", args=[request.actor.key, pk])
        return done_redirect(request, url, "L’association a votre réponse.")
    label = found.workflow.transition(found.state, verb).label
    context = {"form": form, "title": label, "lead": found.need.title, "submit": label}
    return render_page(request, "committees/act.html", context)


def _appeal(request: Request, pk: int) -> Appeal:
    visible = Appeal.objects.visible_to(request.actor)
    return get_object_or_404(visible.select_related("need__association"), need=pk)
