"""Rank the experts for a need with reasons, and say what would make the other experts eligible."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator

from explor.actors.experts.models import Expert
from explor.engines import matching
from explor.engines.matching import PARTS, Candidate, Period, Pool
from explor.engines.matching.ranking import Judged, weights_for
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.needs.models import Need

from .. import rules, selectors
from ..selectors import ProposalStatus
from . import records
from .pools import pool_for

SHOWN = 10
SIGNALS = {
    "words": "mots",
    "characters": "formes proches",
    "meaning": "sens",
    "embeddings": "sens (modèle)",
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One expert of a shortlist, with today's score and reasons.

    `place` is the rank, from 1, among eligible experts not yet proposed for this need. `first` is
    true of rank 1, and of the first expert in reserve, who may be proposed without justification.
    `bars` are the parts of the score, as dicts: `label`, `value` out of `max` (both from 0 to 1),
    `points` (these in words) and `note`. `free` is the expert's periods of free days.
    """

    expert: Expert
    candidate: Candidate
    bars: list[dict[str, Any]]
    free: tuple[Period, ...]
    status: ProposalStatus
    place: int | None
    first: bool

    @property
    def total(self) -> str:
        """Return the score as shown: « 83 sur 100 »."""
        return f"{100 * self.candidate.score:.0f} sur 100"

    def is_free(self, start: date, end: date) -> bool:
        """Return True when these days, both included, fit in one period of free days."""
        return any(period.start <= start and end <= period.end for period in self.free)

    def against(self, start: date, end: date) -> list[str]:
        """Return why proposing this expert on these days requires a justification, empty if not."""
        return rules.reasons_to_override(
            blockers=self.candidate.blockers,
            first=self.first,
            available="dates" in self.candidate.blocked_by or self.is_free(start, end),
        )

    def as_kept(self) -> dict[str, Any]:
        """Return today's rank (`place`), score parts (`bars`) and reasons as JSON, for a proposal.

        The other keys are `reasons`, `blockers` and `quotes`, lists of texts.
        """
        return {
            "place": self.place,
            "bars": self.bars,
            "reasons": list(self.candidate.reasons),
            "blockers": list(self.candidate.blockers),
            "quotes": [quote.line for quote in self.candidate.quotes],
        }


@dataclass(frozen=True, kw_only=True)
class Shortlist:
    """A page of a ranking, with the number of eligible experts and that of ineligible ones."""

    eligible: int
    others: int
    rows: Page[Any]
    lines: list[Line]


@dataclass(frozen=True, kw_only=True)
class _Ranking:
    """The scores of every expert of a pool for one need, with their ranks and proposals."""

    need: Need
    record: matching.Need
    pool: Pool
    judged: Judged
    order: list[int]
    places: dict[int, int]
    first: frozenset[int]
    statuses: dict[int, ProposalStatus]

    def pk(self, i: int) -> int:
        return records.pk_of(self.pool.experts[i].id)

    def lines(self, who: Sequence[int]) -> list[Line]:
        """Return the lines of the shortlist for the experts at these positions of the pool."""
        weights = weights_for(self.record, self.pool.settings.weights)
        related = Expert.objects.select_related("person", "employer")
        rows = related.in_bulk([self.pk(i) for i in who])
        candidates = self.pool.explain(self.record, self.judged, who)
        return [
            Line(
                expert=rows[self.pk(i)],
                candidate=candidate,
                bars=_bars(candidate, weights),
                free=self.pool.experts[i].availability,
                status=self.statuses.get(self.pk(i), ProposalStatus()),
                place=self.places.get(i),
                first=i in self.first,
            )
            for i, candidate in zip(who, candidates, strict=True)
        ]


def shortlist(
    need: Need, *, aside: bool = False, only: Collection[int] | None = None, page: str | None = None
) -> Shortlist:
    """Return a page of the eligible experts, best first, in a constant number of queries.

    Args:
        need: the need, with its call, network and association.
        aside: return the ineligible experts instead.
        only: primary keys of the only experts to return, with their rank among all.
        page: number of the page.
    """
    with _ranked(need) as ranking:
        order = [i for i in ranking.order if only is None or ranking.pk(i) in only]
        eligible = [i for i in order if ranking.judged.eligible[i]]
        others = [i for i in order if not ranking.judged.eligible[i]]
        rows = Paginator(others if aside else eligible, SHOWN).get_page(page)
        return Shortlist(
            eligible=len(eligible),
            others=len(others),
            rows=rows,
            lines=ranking.lines(list(rows.object_list)),
        )


def lines_of(need: Need, experts: Sequence[int]) -> list[Line]:
    """Return the shortlist lines of these experts (primary keys), in this order.

    Experts no longer available to the network of the need are left out.
    """
    with _ranked(need) as ranking:
        places = [ranking.pool.place.get(records.expert_id(pk)) for pk in experts]
        return ranking.lines([i for i in places if i is not None])


def line_of(need: Need, expert: Expert) -> Line:
    """Return the shortlist line of one expert.

    Raises:
        ActionNotAllowed: the profile is no longer open to the network.
    """
    lines = lines_of(need, [expert.pk])
    if not lines:
        raise ActionNotAllowed("Cette personne n’est plus proposée à votre réseau.")
    return lines[0]


@contextmanager
def _ranked(need: Need) -> Iterator[_Ranking]:
    closed = records.closed_among([need])
    settings = records.settings_for(need.call.weights, closed)
    years = frozenset({need.window_start.year})  # type: ignore[union-attr]
    with pool_for(need.network_id, years, settings) as index:
        record = records.need_record(need, index.schemes(need), closed)
        judged = index.pool.judge(record)
        yield _ranking(need, record, index.pool, judged)


def _ranking(need: Need, record: matching.Need, pool: Pool, judged: Judged) -> _Ranking:
    order = pool.order(judged)
    statuses = selectors.proposal_reads().statuses(need)
    known = {i: statuses.get(records.pk_of(pool.experts[i].id), ProposalStatus()) for i in order}
    awaited = [i for i in order if judged.eligible[i] and not known[i].proposed]
    ranks = {i: rank for i in awaited if (rank := known[i].rank) is not None}
    favoured = sorted(ranks, key=ranks.__getitem__)
    return _Ranking(
        need=need,
        record=record,
        pool=pool,
        judged=judged,
        order=order,
        places={i: place for place, i in enumerate(awaited, start=1)},
        first=frozenset(awaited[:1] + favoured[:1]),
        statuses=statuses,
    )


def _bars(candidate: Candidate, weights: dict[str, float]) -> list[dict[str, Any]]:
    return [
        {
            "label": PARTS[part],
            "value": round(candidate.parts[part], 4),
            "max": round(weight, 4),
            "points": f"{100 * candidate.parts[part]:.0f} sur {100 * weight:.0f}",
            "note": _shares(candidate) if part == "text" else "",
        }
        for part, weight in weights.items()
        if weight
    ]


def _shares(candidate: Candidate) -> str:
    """Return the weight of each text comparison in the text score: « mots 60 %, sens 40 % »."""
    shares = [
        f"{SIGNALS[signal]} {100 * share:.0f} %"
        for signal, share in candidate.signals.items()
        if share >= 0.005
    ]
    return ", ".join(shares)
