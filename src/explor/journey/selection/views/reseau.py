"""A network ranks, decides, then announces; and composes the committee."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.accounts.actions import invite as invite_to
from explor.ground.accounts.forms import InviteForm
from explor.ground.common.access import require
from explor.ground.common.forms import Act
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, create, page, submit
from explor.journey.calls.models import Call

from .. import actions, queries, rules
from ..forms import DecideForm
from ..models import Decision

ROLES = [("", "membre"), ("chair", "présidence")]


@wear("reseau")
def ranking(request: Request, pk: int) -> HttpResponse:
    """The files of a call, best first; printable as minutes."""
    call = _call(request, pk)
    context = {
        "call": call,
        "rows": queries.ranking(call),
        "columns": ["Dossier", "Association", "Moyenne", "Écart", "Avis", "Déports", "Décision"],
    }
    return page(request, "selection/reseau_ranking.html", context)


@wear("reseau")
def decision(request: Request, pk: int) -> HttpResponse:
    """The opinions on a need, the decision, and its announcement."""
    found = _found(request, pk)
    context = {
        "decision": found,
        "need": found.need,
        "opinions": queries.opinions_on(found),
        "verbs": _verbs(request, found),
    }
    return page(request, "selection/reseau_decision.html", context)


@wear("reseau")
def decide(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    require(rules.can(request.actor, "decide", found))
    form = DecideForm(request.POST or None, subject=found)
    if submit(
        request,
        form,
        lambda: actions.decide(found, by=request.actor, seen=form.seen, **form.values),
    ):
        return answer(request, _url(request, pk), "La décision est prise. Elle reste à annoncer.")
    return page(request, "selection/reseau_decide.html", {"form": form, "need": found.need})


@wear("reseau")
def announce(request: Request, pk: int) -> HttpResponse:
    """The letter as it will leave, and one button."""
    found = _found(request, pk)
    require(rules.can(request.actor, "announce", found))
    form = Act(request.POST or None, subject=found)
    if submit(request, form, lambda: actions.announce(found, by=request.actor, seen=form.seen)):
        return answer(request, _url(request, pk), "La décision est annoncée à l’association.")
    context = {"form": form, "decision": found, "need": found.need}
    return page(request, "selection/reseau_announce.html", context)


@wear("reseau")
def invite(request: Request, pk: int) -> HttpResponse:
    """Someone is invited to sit on the committee."""
    call = _call(request, pk)
    form = InviteForm(request.POST or None, roles=ROLES)
    form.fields["role"].required = False

    def act() -> str:
        data = form.cleaned_data
        invite_to(
            email=data["email"],
            name=data["name"],
            role=data["role"],
            hat_kind="comite",
            hat_key=call.slug,
            by=request.actor,
        )
        return reverse("calls:reseau_call", args=[request.actor.key, pk])

    if url := create(request, form, act):
        return answer(request, url, "L’invitation est partie.")
    return page(request, "selection/reseau_invite.html", {"form": form, "call": call})


def _call(request: Request, pk: int) -> Call:
    return get_object_or_404(Call, pk=pk, network=request.actor.scope)


def _found(request: Request, pk: int) -> Decision:
    visible = Decision.objects.visible_to(request.actor)
    return get_object_or_404(visible.select_related("need__association", "need__call"), need=pk)


def _url(request: Request, pk: int) -> str:
    return reverse("selection:reseau_decision", args=[request.actor.key, pk])


def _verbs(request: Request, found: Decision) -> list[dict[str, object]]:
    refusals = {
        "decide": [each for each in rules.missing_to_decide(found) if "avis" in each],
        "announce": rules.missing_to_announce(found),
    }
    rows = found.workflow.verbs(found.state, "reseau")
    return [
        {
            "label": row.label,
            "url": reverse(f"selection:reseau_{row.verb}", args=[request.actor.key, found.need_id]),
            "refused": " ".join(refusals[row.verb]),
        }
        for row in reversed(rows)
    ]
