"""Invented assignment problems, from a fixed random seed: scores, seats, loads, dates.

Each need has 200 candidates and 1 to 3 seats; each person accepts 1 or 2 missions (the load). In
"ample" problems there are ten people per need, in "tight" ones 1.3, who cannot fill every seat.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from explor.engines.matching.records import Floats, Ints

CANDIDATES = 200
PEOPLE = {"ample": 10.0, "tight": 1.3}
MISSION = 11  # days of a mission when there are dates


@dataclass(frozen=True, kw_only=True)
class Instance:
    """`need`, `expert` and `score` have one entry per pair; `windows` are first and last days."""

    need: Ints
    expert: Ints
    score: Floats
    demand: Ints
    load: Ints
    windows: Ints | None

    def matrix(self) -> csr_array:
        shape = (self.demand.size, self.load.size)
        return csr_array((self.score, (self.need, self.expert)), shape=shape)


def instance(needs: int, supply: str, dated: bool) -> Instance:
    draw = np.random.default_rng(needs)
    people = int(PEOPLE[supply] * needs)
    who = np.stack([draw.choice(people, CANDIDATES, replace=False) for _ in range(needs)])
    starts = draw.integers(0, 180, needs)
    return Instance(
        need=np.repeat(np.arange(needs), CANDIDATES),
        expert=np.sort(who, axis=1).ravel().astype(np.int64),
        score=np.round(draw.beta(4, 4, who.size), 4).clip(0.0001),
        demand=draw.integers(1, 4, needs),
        load=draw.integers(1, 3, people),
        windows=np.stack([starts, starts + MISSION - 1], axis=1) if dated else None,
    )


def conference(seed: int, tied: bool) -> Floats:
    """Return scores of 118 papers by 177 reviewers; a dozen papers need the same few people."""
    draw = np.random.default_rng(seed)
    share = draw.dirichlet(np.full(20, 1.5))
    papers, people = draw.dirichlet(2 * share, 118), draw.dirichlet(6 * share, 177)
    scores = 0.1 + 0.55 * np.sqrt(papers) @ np.sqrt(people).T + draw.normal(0, 0.03, (118, 177))
    hard, able = draw.choice(118, 12, replace=False), draw.choice(177, 10, replace=False)
    scores[hard] *= 0.35
    scores[np.ix_(hard, able)] += draw.uniform(0.05, 0.35, (12, 10))
    return np.round(scores.clip(0, 1), 2 if tied else 9)
