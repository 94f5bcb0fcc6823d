"""Bridge to the matching engine: matches experts of a network with needs of other networks."""

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

GOOD = 0.4  # lowest score at which a referral is suggested


@dataclass(frozen=True, kw_only=True)
class Match:
    """An expert (primary key), a need of another network, a score out of 100 and its reasons."""

    need: Any
    expert: int
    points: int
    reasons: tuple[str, ...]


def matches(network: int, needs: Sequence[Any], experts: set[int], shown: int) -> list[Match]:
    """Return the best matches, best first: at most `shown`, each expert with one need only.

    Only eligible experts who score at least 40 out of 100 are returned.

    Args:
        network: primary key of the experts' network.
        needs: needs of other networks.
        experts: primary keys of the experts.
    """
    if not needs or not experts:
        return []
    closed = closed_among(needs)
    settings = settings_for({}, closed)
    years = frozenset({timezone.localdate().year, *(need.window_start.year for need in needs)})
    pairs: list[Match] = []
    with pool_for(network, years, settings) as index:
        places = [
            i for pk in sorted(experts) if (i := index.pool.place.get(expert_id(pk))) is not None
        ]
        for need in needs:
            record = need_record(need, index.schemes(need), closed)
            judged = index.pool.judge(record)
            able = [i for i in places if judged.eligible[i] and judged.score[i] >= GOOD]
            pairs += [
                Match(
                    need=need,
                    expert=pk_of(each.expert),
                    points=round(100 * each.score),
                    reasons=each.reasons,
                )
                for each in index.pool.explain(record, judged, able)
            ]
    best: dict[int, Match] = {}
    for pair in sorted(pairs, key=lambda each: (-each.points, each.expert, each.need.pk)):
        best.setdefault(pair.expert, pair)
    return list(best.values())[:shown]
