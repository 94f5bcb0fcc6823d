"""Database queries on referrals, on the free experts of a network and needs of other networks."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from explor.actors.experts.models import Expert
from explor.ground.accounts.models import Person
from explor.ground.http.actor import Actor
from explor.ground.rights.selectors import records
from explor.journey.decisions.models import Decision
from explor.journey.needs.models import Need
from explor.journey.needs.states import State as NeedState
from explor.journey.proposals.models import Proposal, ReserveEntry
from explor.journey.proposals.states import HOLDING

from .models import Referral
from .states import State

NEEDS = 40  # at most, of other networks, those with the nearest dates first
SHOWN = 20
GONE = "Ce besoin ne cherche plus personne : vous n’avez rien à ouvrir."


def free_in_reserve(network: int) -> set[int]:
    """Return the primary keys of the experts put in reserve by a network who now hold no seat.

    The reserve entry may have expired; the expert is available and open to the network.
    """
    kept = ReserveEntry.objects.filter(need__network=network).values("expert")
    held = Proposal.objects.filter(state__in=HOLDING).values("expert")
    available = Expert.objects.shared_with(network).filter(pk__in=kept, state="available")
    return set(available.exclude(pk__in=held).values_list("pk", flat=True))


def needs_elsewhere(network: int) -> list[Any]:
    """Return at most 40 needs of other networks with a free seat, the earliest dates first.

    Only needs whose favourable decision is announced are returned, in networks of the programme.
    """
    needs = (
        Need.objects.with_free_seats()
        .filter(state=NeedState.ADMISSIBLE, decision__in=Decision.objects.selected())
        .exclude(network=network)
        .exclude(window_start=None)
        .filter(network__in_explor=True)
        .filter(window_end__gt=timezone.localdate(), days__isnull=False)
        .select_related("association", "network", "call")
        .prefetch_related("languages")
        .order_by("window_start", "pk")
    )
    return list(needs[:NEEDS])


def missing_to_accept(referral: Referral) -> list[str]:
    """Return why the expert has nothing to open: the need seeks nobody any more; [] if it does."""
    seeking = Need.objects.with_free_seats().filter(
        pk=referral.need_id,
        state=NeedState.ADMISSIBLE,
        decision__in=Decision.objects.selected(),
        window_end__gt=timezone.localdate(),
    )
    return [] if seeking.exists() else [GONE]


def sent_by(actor: Actor) -> "QuerySet[Referral]":
    """Return the referrals sent by the network `actor`, of experts it still sees, latest first."""
    shown = Expert.objects.visible_to(actor).values("pk")
    referrals = Referral.objects.visible_to(actor).filter(expert__in=shown)
    return referrals.select_related("expert__person", "need", "network")


def experts_visible_to(actor: Actor, pks: set[int]) -> dict[int, Expert]:
    """Return {primary key: expert} for those of the experts `pks` whom `actor` may see."""
    return Expert.objects.visible_to(actor).select_related("person").in_bulk(pks)


def awaiting(actor: Actor) -> "QuerySet[Referral]":
    """Return the referrals that the expert has not answered, the nearest deadline first."""
    unanswered = Referral.objects.visible_to(actor).filter(state=State.REQUESTED)
    return unanswered.select_related("network", "need__association").order_by("until", "pk")


def newly_opened_to(actor: Actor) -> "QuerySet[Referral]":
    """Return the first ten referrals accepted for this network whose expert is not proposed yet."""
    accepted = Referral.objects.filter(network=actor.scope, state=State.ACCEPTED)
    still = accepted.exclude(need__proposals__expert=F("expert")).filter(
        expert__in=Expert.objects.visible_to(actor)
    )
    return still.select_related("expert__person", "need", "sender").order_by("pk")[:10]


def own_referrals(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the referrals of a person, whatever the answer, for the copy of their data."""
    own = Referral.objects.filter(expert__person=person)
    also = {"besoin": "need__title", "au réseau": "network__name", "par le réseau": "sender__name"}
    yield from records(own, also=also)
