"""Reads about referrals: who is free here, what others look for, what awaits an answer."""

from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone

from explor.actors.experts.models import Expert
from explor.ground.common.actor import Actor
from explor.ground.common.parts import Panel, Waiting
from explor.ground.common.request import Request
from explor.journey.needs.models import Need
from explor.journey.needs.states import State as NeedState
from explor.journey.proposals.models import Introduction, ReserveEntry
from explor.journey.proposals.states import HOLDING
from explor.journey.selection.models import Decision

from .models import Referral
from .states import State

NEEDS = 40  # needs of others read at a time, the nearest first
SHOWN = 20


def free_in_reserve(network: int) -> set[int]:
    """People kept in reserve here, now or once, whom nobody has proposed since."""
    kept = ReserveEntry.objects.filter(need__network=network).values("expert")
    held = Introduction.objects.filter(state__in=HOLDING).values("expert")
    found = Expert.objects.shared_with(network).filter(pk__in=kept, state="available")
    return set(found.exclude(pk__in=held).values_list("pk", flat=True))


def needs_elsewhere(network: int) -> list[Any]:
    """Needs of the other networks, already public, that still look for somebody."""
    found = (
        Need.objects.with_free_seats()
        .filter(state=NeedState.ADMISSIBLE, decision__in=Decision.objects.selected())
        .exclude(network=network)
        .exclude(window_start=None)
        .filter(window_end__gt=timezone.localdate(), days__isnull=False)
        .select_related("association", "network", "call")
        .prefetch_related("languages")
        .order_by("window_start", "pk")
    )
    return list(found[:NEEDS])


def asked_by(actor: Actor) -> "QuerySet[Referral]":
    """The questions put by this network, the latest first."""
    found = Referral.objects.visible_to(actor)
    return found.select_related("expert__person", "need", "network")


def seen_by(actor: Actor, pks: set[int]) -> dict[int, Expert]:
    """These experts, as far as the network sees them."""
    return Expert.objects.visible_to(actor).select_related("person").in_bulk(pks)


def waiting_for_expert(actor: Actor) -> list[Waiting]:
    """Questions of a network to its expert."""
    found = Referral.objects.visible_to(actor).filter(state=State.ASKED)
    return [
        Waiting(
            title=f"Ouvrir votre profil à {each.network} ?",
            url=reverse("referrals:expert_referral", args=[each.pk]),
            why=f"{each.need.association} cherche une expertise comme la vôtre.",
            until=each.until,
        )
        for each in found.select_related("network", "need__association").order_by("until", "pk")
    ]


def waiting_for_network(actor: Actor) -> list[Waiting]:
    """People of other networks who have just opened their profile to this one, for a need."""
    found = Referral.objects.filter(network=actor.scope, state=State.ACCEPTED)
    still = found.exclude(need__introductions__expert=F("expert")).filter(
        expert__in=Expert.objects.visible_to(actor)
    )
    return [
        Waiting(
            title=f"{each.expert.person.name} vous ouvre son profil : {each.need.title}",
            url=reverse("shortlists:reseau_shortlist", args=[actor.key, each.need_id]),
            why=f"À la demande de {each.sender}.",
        )
        for each in still.select_related("expert__person", "need", "sender").order_by("pk")[:10]
    ]


def for_home(request: Request) -> Panel | None:
    """How many people of the reserve nobody proposes, and the way to offer them elsewhere."""
    actor: Actor = request.actor
    free = len(free_in_reserve(actor.scope or 0))
    if not free:
        return None
    url = reverse("referrals:reseau_warm", args=[actor.key])
    return Panel(
        title="La réserve",
        template="referrals/_panel_reseau.html",
        context={"free": free, "url": url},
    )
