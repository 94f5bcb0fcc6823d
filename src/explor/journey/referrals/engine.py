"""Who of one network could serve the needs that other networks cannot fill."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from explor.journey.shortlists.engine import (
    closed_among,
    expert_id,
    need_record,
    pk_of,
    pool_for,
    settings_for,
)

GOOD = 0.4  # under this score the question is not worth putting


@dataclass(frozen=True, kw_only=True)
class Match:
    """A person and a need of another network, with the score out of 100 and the reasons."""

    need: Any
    expert: int
    points: int
    reasons: tuple[str, ...]


def matches(network: int, needs: Sequence[Any], experts: set[int], shown: int) -> list[Match]:
    """The best pairs of these experts and needs, at most one need a person, best first."""
    if not needs or not experts:
        return []
    closed = closed_among(needs)
    settings = settings_for({}, closed)
    years = frozenset({timezone.localdate().year, *(need.window_start.year for need in needs)})
    found: list[Match] = []
    with pool_for(network, years, settings) as cast:
        places = [
            i for pk in sorted(experts) if (i := cast.pool.place.get(expert_id(pk))) is not None
        ]
        for need in needs:
            record = need_record(need, cast.schemes(need), closed)
            judged = cast.pool.judge(record)
            able = [i for i in places if judged.eligible[i] and judged.score[i] >= GOOD]
            found += [
                Match(
                    need=need,
                    expert=pk_of(each.expert),
                    points=round(100 * each.score),
                    reasons=each.reasons,
                )
                for each in cast.pool.explain(record, judged, able)
            ]
    found.sort(key=lambda match: (-match.points, match.expert, match.need.pk))
    seen: set[int] = set()
    best = [m for m in found if not (m.expert in seen or seen.add(m.expert))]  # type: ignore[func-returns-value]
    return best[:shown]
