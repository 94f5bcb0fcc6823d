"""The warm reserve: who is free here, and which needs elsewhere they could serve."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.actors.experts.models import Expert
from explor.actors.networks.models import Network
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, create, page

from .. import actions, engine, queries
from ..forms import ReferForm

ASKED = ["Personne", "Pour", "Réseau", "Réponse"]


@wear("reseau")
def warm(request: Request) -> HttpResponse:
    """People of the reserve that nobody proposes, each with the best need of another network."""
    actor = request.actor
    free = queries.free_in_reserve(actor.scope or 0)
    found = engine.matches(
        actor.scope or 0, queries.needs_elsewhere(actor.scope or 0), free, queries.SHOWN
    )
    people = queries.seen_by(actor, free)
    asked = list(queries.asked_by(actor)[:50])
    already = {(each.expert_id, each.need_id) for each in asked}
    lines = [
        {"match": match, "expert": people[match.expert]}
        for match in found
        if (match.expert, match.need.pk) not in already and match.expert in people
    ]
    context = {"lines": lines, "free": len(free), "asked": asked, "columns": ASKED}
    return page(request, "referrals/reseau_warm.html", context)


@wear("reseau")
def refer(request: Request, expert: int, elsewhere: int) -> HttpResponse:
    """Ask this person whether that network may see the profile."""
    person, need = _person(request, expert), _need(request, elsewhere)
    form = ReferForm(request.POST or None)
    back = reverse("referrals:reseau_warm", args=[request.actor.key])

    def act() -> str:
        sender = Network.objects.get(slug=request.actor.key)
        message = form.cleaned_data["message"]
        actions.refer(expert=person, need=need, sender=sender, by=request.actor, message=message)
        return back

    if url := create(request, form, act):
        return answer(request, url, f"La question est posée à {person}.")
    context = {"form": form, "expert": person, "need": need, "cancel": back}
    return page(request, "referrals/reseau_refer.html", context)


def _person(request: Request, pk: int) -> Expert:
    visible = Expert.objects.visible_to(request.actor).select_related("person")
    return get_object_or_404(visible, pk=pk)


def _need(request: Request, pk: int) -> Any:
    for need in queries.needs_elsewhere(request.actor.scope or 0):
        if need.pk == pk:
            return need
    raise Http404
