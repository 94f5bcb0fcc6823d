"""An association asks for a review; its network answers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from explor.ground.common.access import require
from explor.ground.common.forms import Act
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, create, page, submit

from .. import actions, queries, rules
from ..forms import ContestForm
from ..models import Appeal, Decision

ANSWERS = {"accepter": ("grant", actions.grant), "maintenir": ("dismiss", actions.dismiss)}


@wear("association")
def contest(request: Request, pk: int) -> HttpResponse:
    """Ask, once, that a decision be looked at again."""
    visible = Decision.objects.visible_to(request.actor).select_related("need__call")
    decision = get_object_or_404(visible, need=pk)
    require(rules.may_contest(decision))
    form = ContestForm(request.POST or None)
    url = reverse("needs:association_need", args=[request.actor.key, pk])

    def act() -> str:
        actions.contest(decision, by=request.actor, text=form.cleaned_data["text"])
        return url

    if done := create(request, form, act):
        return answer(request, done, "Votre demande est partie. Votre réseau vous répondra.")
    days = queries.bylaws_of(decision.need.call).appeal_days
    context = {
        "form": form,
        "need": decision.need,
        "decision": decision,
        "missing": rules.missing_to_contest(decision, days, timezone.now()),
        "back": url,
    }
    return page(request, "selection/association_contest.html", context)


@wear("reseau")
def appeal(request: Request, pk: int) -> HttpResponse:
    """What the association says, beside what was decided."""
    found = _found(request, pk)
    rows = found.workflow.verbs(found.state, "reseau")
    slugs = {verb: slug for slug, (verb, _) in ANSWERS.items()}
    context = {
        "appeal": found,
        "need": found.need,
        "verbs": [
            {
                "label": row.label,
                "url": reverse(
                    "selection:reseau_answer", args=[request.actor.key, pk, slugs[row.verb]]
                ),
                "danger": row.danger,
            }
            for row in rows
        ],
    }
    return page(request, "selection/reseau_appeal.html", context)


@wear("reseau")
def give(request: Request, pk: int, slug: str) -> HttpResponse:
    """Answer in words the association will read."""
    found = _found(request, pk)
    verb, action = ANSWERS.get(slug, ("", actions.dismiss))
    require(rules.can_answer(request.actor, verb, found))
    ask = "Votre réponse, que l’association lira"
    form = Act(request.POST or None, subject=found, needs_reason=True, ask=ask)
    if submit(
        request,
        form,
        lambda: action(found, by=request.actor, reason=form.why, seen=form.seen),
    ):
        url = reverse("selection:reseau_decision", args=[request.actor.key, pk])
        return answer(request, url, "L’association a votre réponse.")
    label = found.workflow.transition(found.state, verb).label
    context = {"form": form, "title": label, "lead": found.need.title, "submit": label}
    return page(request, "selection/act.html", context)


def _found(request: Request, pk: int) -> Appeal:
    visible = Appeal.objects.visible_to(request.actor)
    return get_object_or_404(visible.select_related("need__association"), need=pk)
