"""Database queries on needs that seek experts, for networks and the public, and on proposals.

Those on proposals are registered by the app `proposals`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from explor.actors.experts.models import Expert
from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.ui import hooks
from explor.ground.ui.words import each_word_of
from explor.journey.decisions.models import Decision
from explor.journey.needs.models import Need, NeedQuerySet
from explor.journey.needs.states import BEFORE
from explor.journey.needs.states import State as NeedState

hooks.define("shortlists:proposals", "ProposalReads: what a shortlist reads of the proposals")


@dataclass(frozen=True, kw_only=True)
class ProposalStatus:
    """Whether an expert was proposed for a need, and their rank in its reserve.

    `proposed` is the state of the last proposal, in words, or ""; `rank` is the rank in the current
    reserve, or None.
    """

    proposed: str = ""
    rank: int | None = None


@dataclass(frozen=True, kw_only=True)
class ProposalReads:
    """The three queries on proposals that a shortlist needs, registered by the app `proposals`.

    They are registered with a hook, because `proposals` imports this app. All keys are primary
    keys.

    Attributes:
        stays: given experts, returns their agreed proposals, with `version`, `expert`, `start` and
            the `last` day taken, which is before `start` when no day is.
        statuses: given a need, returns {expert: `ProposalStatus`}.
        agreed: given needs, returns {need: number of its seats with an agreed proposal}.
    """

    stays: Callable[["QuerySet[Expert]"], "QuerySet[Any]"]
    statuses: Callable[[Need], dict[int, ProposalStatus]]
    agreed: Callable[[Iterable[int]], Mapping[int, int]]


def proposal_reads() -> ProposalReads:
    """Return the queries that the `proposals` app registered."""
    reads: ProposalReads = hooks.get("shortlists:proposals")[0]
    return reads


def searched(actor: Actor, q: str = "") -> NeedQuerySet:
    """Return the needs that `actor` may see and whose favourable decision is announced.

    With `q`, only those whose title contains each of these words.
    """
    return (
        Need.objects.visible_to(actor)
        .filter(
            each_word_of(q, "title"),
            state=NeedState.ADMISSIBLE,
            decision__in=Decision.objects.selected(),
        )
        .select_related("association")
    )


def is_selected(need: Need) -> bool:
    """Return True once a favourable decision on `need` is announced; never before it is filed."""
    return need.state not in BEFORE and Decision.objects.selected().filter(need=need).exists()


def experts_named(actor: Actor, words: str) -> set[int]:
    """Return the primary keys of the experts whose name or job contains each of these words.

    Only experts whom `actor` may see are returned.
    """
    condition = each_word_of(words, "person__name", "job")
    experts = Expert.objects.visible_to(actor).filter(condition)
    return set(experts.values_list("pk", flat=True))


def missions_revision() -> tuple[int, date]:
    """Return a cache key of the missions to fill, which changes with the journal and the day.

    The key has the primary key of the last journal entry, and today.
    """
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
    return last or 0, timezone.localdate()


def missions_to_fill(*, q: str = "", pays: str = "", secteur: str = "") -> NeedQuerySet:
    """Return the needs that the public may read, the nearest dates first.

    Such needs have an announced favourable decision, a free seat, a window that is not over and a
    network that is still in the programme.

    Args:
        q: words that the title contains.
        pays: code of a country.
        secteur: code of a sector.
    """
    needs = (
        Need.objects.with_free_seats()
        .filter(state=NeedState.ADMISSIBLE, decision__in=Decision.objects.selected())
        .filter(window_end__gt=timezone.localdate(), network__in_explor=True)
        .select_related("association", "network")
        .prefetch_related("languages")
    )
    if pays:
        needs = needs.filter(country=pays)
    if secteur:
        needs = needs.filter(sectors__contains=[secteur])
    needs = needs.filter(each_word_of(q, "title"))
    return needs.order_by("window_start", "pk")
