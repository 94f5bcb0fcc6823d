"""Reads of the needs that look for somebody, and of what later proposals say of a person."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from explor.actors.experts.models import Expert
from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.ui import hooks
from explor.journey.decisions.models import Decision
from explor.journey.needs.models import Need, NeedQuerySet
from explor.journey.needs.states import State as NeedState

hooks.define("shortlists:proposals", "ProposalReads: what a shortlist reads of the proposals")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is already known of one person for one need.

    `proposed` is the state of the last proposal, in words, or empty; `rank` is the rank in the
    reserve that holds today, or None.
    """

    proposed: str = ""
    rank: int | None = None


@dataclass(frozen=True, kw_only=True)
class ProposalReads:
    """What a shortlist reads of the proposals, which come after it and register these.

    `stays(experts)` gives the rows of the agreed stays of these experts, with the fields
    `version`, `expert`, `start` and `end`. `standings(need)` gives {expert: Standing}.
    `agreed(needs)` gives {need: seats agreed}. All keys are primary keys.
    """

    stays: Callable[["QuerySet[Expert]"], "QuerySet[Any]"]
    standings: Callable[[Need], dict[int, Standing]]
    agreed: Callable[[Iterable[int]], Mapping[int, int]]


def proposal_reads() -> ProposalReads:
    """Return the reads that the capability of proposals registered."""
    reads: ProposalReads = hooks.get("shortlists:proposals")[0]
    return reads


def searched(actor: Actor) -> NeedQuerySet:
    """Return the needs of `actor` whose favourable decision is announced."""
    return (
        Need.objects.visible_to(actor)
        .filter(state=NeedState.ADMISSIBLE, decision__in=Decision.objects.selected())
        .select_related("association")
    )


def is_selected(need: Need) -> bool:
    """Return True once a favourable decision on `need` is announced."""
    return Decision.objects.selected().filter(need=need).exists()


def experts_named(actor: Actor, words: str) -> set[int]:
    """Return the experts this network may see whose name or job holds these words."""
    experts = Expert.objects.visible_to(actor)
    for word in words.split():
        experts = experts.filter(
            Q(person__name__unaccent__icontains=word) | Q(job__unaccent__icontains=word)
        )
    return set(experts.values_list("pk", flat=True))


def missions_revision() -> tuple[int, date]:
    """Return what identifies a state of the missions to fill: the last act journaled, the day."""
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
    return last or 0, timezone.localdate()


def missions_to_fill(*, q: str = "", pays: str = "", secteur: str = "") -> NeedQuerySet:
    """Return the announced favourable needs with a free seat; nothing personal.

    Args:
        q: words that the title holds.
        pays: code of a country.
        secteur: code of a sector.
    """
    needs = (
        Need.objects.with_free_seats()
        .filter(state=NeedState.ADMISSIBLE, decision__in=Decision.objects.selected())
        .filter(window_end__gt=timezone.localdate())
        .select_related("association", "network")
        .prefetch_related("languages")
    )
    if pays:
        needs = needs.filter(country=pays)
    if secteur:
        needs = needs.filter(sectors__contains=[secteur])
    for word in q.split():
        needs = needs.filter(title__unaccent__icontains=word)
    return needs.order_by("window_start", "pk")
