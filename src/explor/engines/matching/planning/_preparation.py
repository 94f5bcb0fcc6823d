"""Conversion of needs and experts to an assignment problem: eligible pairs and limits.

Pins (pairs imposed by an officer) are left out: the problem has only the other seats.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from explor.engines.matching.ranking import Judged, Pool, text_of
from explor.engines.matching.records import (
    Bools,
    Expert,
    Floats,
    Ints,
    Language,
    Need,
    Progress,
    Settings,
    level_rank,
)

from ._overlaps import overlap_rows
from ._problem import Problem, problem
from ._schedule import Stay, schedule
from ._stays import Stays

Pair = tuple[str, str]

# Rules that a pin may break: an officer may pin a person whose level or leave is unknown.
PINNED_ANYWAY = frozenset({"language", "scheme"})


class PinError(ValueError):
    """Raised when pins cannot all be kept; `reasons` are French sentences, one per fault."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = tuple(reasons)


@dataclass(frozen=True, kw_only=True)
class PlanningProblem:
    """The needs and experts of a season in a fixed order, and the pairs (need, expert) allowed.

    `problem` excludes the seats of people imposed by an officer (pins); `stays` holds the possible
    days of each of its pairs; `cover_languages` gives the language of each of its covers; `pinned`
    maps (need, expert) positions to (score, stay) of the pins.
    """

    needs: tuple[Need, ...]
    pool: Pool
    problem: Problem
    stays: Stays
    cover_languages: tuple[Language, ...]
    pinned: dict[tuple[int, int], tuple[float, Stay]]
    eligible: Ints  # eligible people per need, before the cut to `Settings.candidates`


def order_key(seed: int, name: str) -> bytes:
    """Return a pseudo-random key of an id, to sort ids so that none is favoured when scores tie.

    The same `seed` always gives the same order.
    """
    return hashlib.blake2b(f"{seed}|{name}".encode(), digest_size=8).digest()


def prepare(
    needs: Sequence[Need],
    experts: Sequence[Expert],
    settings: Settings,
    pins: Iterable[Pair],
    bans: Iterable[Pair],
    previous: Iterable[Pair],
    step: Progress,
) -> PlanningProblem:
    """Return the assignment problem of a season (all the needs and experts of a call for projects).

    `pins` (imposed), `bans` (excluded) and `previous` (of an earlier plan) are pairs of ids (need,
    expert). Needs and experts are sorted in a pseudo-random order. `step` is the progress callback.
    Raises PinError for impossible pins, ValueError for needs or experts with equal ids.
    """
    needs = sorted(needs, key=lambda n: order_key(settings.seed, n.id))
    experts = sorted(experts, key=lambda e: order_key(settings.seed, e.id))
    if len({need.id for need in needs}) < len(needs):
        raise ValueError("two needs have the same id")
    step(0.02, "Lecture des profils")
    pool = Pool(experts, settings)
    place = {need.id: i for i, need in enumerate(needs)}
    known = [(place[n], pool.place[e]) for n, e in previous if n in place and e in pool.place]
    banned = {(place[n], pool.place[e]) for n, e in bans if n in place and e in pool.place}
    fixed = _pins(pins, place, pool)
    pairs = _Pairs(needs, pool, fixed, banned)
    pairs.collect(step)
    return _without_pins(pairs, set(known))


def _pins(pins: Iterable[Pair], place: dict[str, int], pool: Pool) -> list[tuple[int, int]]:
    faults = []
    fixed: list[tuple[int, int]] = []
    for need, expert in dict.fromkeys(pins):
        if need not in place:
            faults.append(f"Besoin inconnu : {need}.")
        elif expert not in pool.place:
            faults.append(f"Personne inconnue : {expert}.")
        else:
            fixed.append((place[need], pool.place[expert]))
    if faults:
        raise PinError(faults)
    return fixed


class _Pairs:
    """The best eligible experts of each need, with their scores and possible days.

    They are collected need by need, and so are the people imposed by an officer (pins).
    """

    def __init__(
        self,
        needs: Sequence[Need],
        pool: Pool,
        pins: list[tuple[int, int]],
        banned: set[tuple[int, int]],
    ) -> None:
        self.needs, self.pool = needs, pool
        self.pins, self.banned = _by_need(pins), _by_need(banned)
        self.pinned: dict[tuple[int, int], tuple[float, Stay]] = {}
        self.faults: list[str] = []
        self.best: list[Ints] = []  # per need: the experts kept, then their scores and days
        self.scores: list[Floats] = []
        self.days: list[Stays] = []
        self.eligible = np.zeros(len(needs), dtype=np.int64)

    def collect(self, step: Progress) -> None:
        size = 256
        for at in range(0, len(self.needs), size):
            step(0.05 + 0.45 * at / len(self.needs), "Comparaison des besoins et des profils")
            batch = self.needs[at : at + size]
            texts = self.pool.index.scores([text_of(need) for need in batch])
            for i, need in enumerate(batch, start=at):
                judged = self.pool.judge(need, texts[i - at].astype(np.float64))
                self._pins_of(i, need, judged)
                self._candidates(i, need, judged)
        if self.faults:
            raise PinError(self.faults)

    def _pins_of(self, i: int, need: Need, judged: Judged) -> None:
        for j in self.pins.get(i, ()):
            refused = self.pool.why(need, self.pool.experts[j].id)
            hard = [
                text
                for code, text in zip(refused.blocked_by, refused.blockers, strict=True)
                if code not in PINNED_ANYWAY
            ]
            label = f"{self.pool.experts[j].id} pour {need.id}"
            self.faults += [f"Choix imposé impossible ({label}) : {text}" for text in hard]
            if j in self.banned.get(i, ()):
                self.faults.append(f"Choix à la fois imposé et interdit : {label}.")
            if not hard:
                score = float(plan_scores(need, judged.score[[j]])[0])
                self.pinned[i, j] = score, self._stays(need, np.array([j])).of(0)

    def _candidates(self, i: int, need: Need, judged: Judged) -> None:
        settings = self.pool.settings
        fit = judged.eligible & (judged.score >= settings.minimum_score)
        fit[self.banned.get(i, [])] = False
        self.eligible[i] = int(fit.sum())
        fit[self.pins.get(i, [])] = False
        for spoken in need.team_languages if need.seats == 1 else ():
            fit &= self.pool.roster.level(spoken.code) >= level_rank(spoken.level)
        who = np.flatnonzero(fit)
        best = who[first_of(judged.score[who], settings.candidates)]
        self.best.append(best)
        self.scores.append(plan_scores(need, judged.score[best]))
        self.days.append(self._stays(need, best))

    def _stays(self, need: Need, who: Ints) -> Stays:
        roster = self.pool.roster
        low, high = roster.segments(need)
        count = roster.counts[who]
        rank = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        at = np.repeat(roster.offsets[who], count) + rank
        fits = high[at] - low[at] + 1 >= need.days
        owner = np.repeat(np.arange(who.size), count)
        return Stays(
            days=np.full(who.size, need.days, dtype=np.int64),
            count=np.bincount(owner[fits], minlength=who.size),
            low=low[at[fits]],
            high=high[at[fits]],
        )

    def stays(self) -> Stays:
        """Return the possible days of each (need, expert) pair collected, by order of needs."""
        names = ("days", "count", "low", "high")
        empty = np.zeros(0, dtype=np.int64)
        return Stays(
            **{n: np.concatenate([empty, *(getattr(s, n) for s in self.days)]) for n in names}
        )


def _by_need(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    experts_of: dict[int, list[int]] = {}
    for i, j in pairs:
        experts_of.setdefault(i, []).append(j)
    return experts_of


def first_of(score: Floats, count: int) -> Ints:
    """Return the positions of the `count` best scores in increasing order; all if fewer.

    Among equal scores, the first positions are returned.
    """
    if score.size <= count or not count:
        return np.arange(min(score.size, count))
    last = np.partition(score, score.size - count)[score.size - count]
    above = score > last
    level = np.flatnonzero(score == last)[: count - int(above.sum())]
    above[level] = True
    return np.flatnonzero(above)


def plan_scores(need: Need, score: Floats) -> Floats:
    """Return scores multiplied by the need's priority and rounded to four decimals, as in plans.

    Halves are rounded like Python's `round`, so that plans and rankings show the same figure.
    """
    weighted = score * need.priority
    scaled = weighted * 1e4
    nearest: Floats = np.rint(scaled)
    half = np.abs(np.abs(scaled - nearest) - 0.5) < 1e-6
    rounded = nearest / 1e4
    rounded[half] = [round(value, 4) for value in weighted[half].tolist()]
    return rounded


def _without_pins(pairs: _Pairs, previous: set[tuple[int, int]]) -> PlanningProblem:
    pool, needs = pairs.pool, pairs.needs
    demand = np.array([need.seats for need in needs], dtype=np.int64)
    load = pool.roster.load.copy()
    for i, j in pairs.pinned:
        demand[i] -= 1
        load[j] -= 1
    _check_pins(pairs, demand, load)
    p = _problem(pairs, demand, load, previous)
    stays = pairs.stays()
    keep = _beside_pins(p, pairs, stays)
    p, stays = p.only(keep), stays.only(keep)
    covers, languages = _covers(p, pairs)
    p = replace(p, team=_teams(p, pool), covers=covers)
    return PlanningProblem(
        needs=tuple(needs),
        pool=pool,
        problem=replace(p, rows=overlap_rows(p, stays.latest(), stays.earliest_end())),
        stays=stays,
        cover_languages=languages,
        pinned=pairs.pinned,
        eligible=pairs.eligible,
    )


def _problem(pairs: _Pairs, demand: Ints, load: Ints, previous: set[tuple[int, int]]) -> Problem:
    """Return the problem made of the best pairs (need, expert) of each need.

    `demand` is the seats of each need and `load` the missions of each expert, both without the pins
    (imposed pairs). `Problem.base` and `Problem.covered` come from the pins, `Problem.kept` from
    `previous`, which holds (need, expert) positions.
    """
    none = np.zeros(0, dtype=np.int64)
    expert = np.concatenate([none, *pairs.best])
    need = np.repeat(np.arange(len(pairs.needs)), [best.size for best in pairs.best])
    score = np.concatenate([none.astype(np.float64), *pairs.scores])
    p = problem(need, expert, score, demand, load)
    earlier = np.array([i * load.size + j for i, j in previous], dtype=np.int64)
    base = p.base.copy()
    for (i, _), (brought, _) in pairs.pinned.items():
        base[i] += brought
    covered = np.isin(np.arange(demand.size), [i for i, _ in pairs.pinned])
    kept = np.isin(need * load.size + expert, earlier)
    return replace(p, kept=kept, covered=covered, base=base)


def _check_pins(pairs: _Pairs, demand: Ints, load: Ints) -> None:
    """Raise PinError when people imposed by an officer (pins) cannot all be sent.

    Reasons: more pins than seats or loads (then negative in `demand` or `load`), missions of one
    person that overlap, two people of one need with the same employer.
    """
    pool, needs = pairs.pool, pairs.needs
    faults = [
        f"Trop de choix imposés pour {needs[i].id}." for i in np.flatnonzero(demand < 0).tolist()
    ]
    for j in {j for _, j in pairs.pinned}:
        name = pool.experts[j].id
        if load[j] < 0:
            faults.append(f"Trop de missions imposées à {name}.")
        elif schedule([stay for (_, e), (_, stay) in pairs.pinned.items() if e == j]) is None:
            faults.append(f"Les missions imposées à {name} se chevauchent.")
    if pool.settings.one_per_employer:
        taken: set[tuple[int, int]] = set()
        for i, j in pairs.pinned:
            key = (i, int(pool.roster.employer[j]))
            if key[1] >= 0 and key in taken:
                faults.append(f"Deux personnes imposées du même employeur pour {needs[i].id}.")
            taken.add(key)
    if faults:
        raise PinError(faults)


def _beside_pins(p: Problem, pairs: _Pairs, stays: Stays) -> Bools:
    """Return the mask of the pairs that can be taken together with the imposed ones (pins).

    Pins take seats of needs, missions and days of experts, and exclude from a need the other people
    of the same employer.
    """
    keep: Bools = (p.demand[p.need] > 0) & (p.load[p.expert] > 0)
    employer = pairs.pool.roster.employer
    busy: dict[int, list[Stay]] = {}
    for (i, j), (_, stay) in pairs.pinned.items():
        busy.setdefault(j, []).append(stay)
        if pairs.pool.settings.one_per_employer and employer[j] >= 0:
            keep &= (p.need != i) | (employer[p.expert] != employer[j])
    for k in np.flatnonzero(keep & np.isin(p.expert, list(busy))).tolist():
        keep[k] = schedule([*busy[int(p.expert[k])], stays.of(k)]) is not None
    return keep


def _teams(p: Problem, pool: Pool) -> Ints:
    """Return the number of the team of each (need, expert) pair, -1 for none.

    A team is the pairs with the same need and the same employer: at most one of them may be taken.
    """
    team = np.full(p.need.size, -1, dtype=np.int64)
    if not pool.settings.one_per_employer or not p.need.size:
        return team
    employer = pool.roster.employer[p.expert]
    several = np.flatnonzero((employer >= 0) & (p.demand[p.need] > 1))
    if several.size:
        key = p.need[several] * (pool.roster.size + 1) + employer[several]
        _, numbered, size = np.unique(key, return_inverse=True, return_counts=True)
        shared = size[numbered] > 1
        team[several[shared]] = np.unique(numbered[shared], return_inverse=True)[1]
    return team


def _covers(p: Problem, pairs: _Pairs) -> tuple[tuple[tuple[int, Ints], ...], tuple[Language, ...]]:
    """Return the covers, each (need, pairs whose expert speaks a language), and their languages.

    There is a cover for each language required of the team of a need and spoken by none of the
    people imposed on that need: at least one of its pairs must be taken. All are positions.
    """
    roster = pairs.pool.roster
    covers, languages = [], []
    for i, need in enumerate(pairs.needs):
        for spoken in need.team_languages:
            able = roster.level(spoken.code) >= level_rank(spoken.level)
            if not any(able[j] for n, j in pairs.pinned if n == i):
                first, last = np.searchsorted(p.need, [i, i + 1])
                covers.append((i, first + np.flatnonzero(able[p.expert[first:last]])))
                languages.append(spoken)
    return tuple(covers), tuple(languages)
