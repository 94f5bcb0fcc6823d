"""A round as an assignment problem: eligible pairs, pins taken out, teams, rows for the dates."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from .model import Expert, Need, Settings
from .overlaps import overlap_rows
from .problem import Problem, problem
from .ranking import Judged, Pool, text_of
from .roster import Bools, Ints, level_rank
from .schedule import Stay, schedule

Pair = tuple[str, str]
Step = Callable[[float, str], None]

# An officer may pin somebody whose level or leave frame is not established yet, nothing else.
PINNED_ANYWAY = frozenset({"language", "frame"})


class PinError(ValueError):
    """Pins that cannot all be kept; `reasons` holds one French sentence each."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = tuple(reasons)


@dataclass(frozen=True, kw_only=True)
class Round:
    """The needs and experts of a round in a fixed order, and the pairs that may be taken.

    `problem` leaves out pinned people and their seats; `stays` gives each of its pairs its
    possible days; `pinned` maps (need, expert) places to (score, stay).
    """

    needs: tuple[Need, ...]
    pool: Pool
    problem: Problem
    stays: tuple[Stay, ...]
    pinned: dict[tuple[int, int], tuple[float, Stay]]
    eligible: Ints  # eligible people per need, before the cut to `Settings.candidates`


def order_key(seed: int, name: str) -> bytes:
    """Ties are broken by this, so neither the order of files nor the alphabet favours anybody."""
    return hashlib.blake2b(f"{seed}|{name}".encode(), digest_size=8).digest()


def prepare(
    needs: Sequence[Need],
    experts: Sequence[Expert],
    settings: Settings,
    pins: Iterable[Pair],
    bans: Iterable[Pair],
    previous: Iterable[Pair],
    step: Step,
) -> Round:
    """Everything a solver needs. Raises PinError, or ValueError for two needs with one id."""
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
    """Walks the needs once and keeps the best eligible pairs of each."""

    def __init__(
        self,
        needs: Sequence[Need],
        pool: Pool,
        pins: list[tuple[int, int]],
        banned: set[tuple[int, int]],
    ) -> None:
        self.needs, self.pool, self.banned = needs, pool, banned
        self.pins = pins
        self.pinned: dict[tuple[int, int], tuple[float, Stay]] = {}
        self.faults: list[str] = []
        self.need: list[int] = []
        self.expert: list[int] = []
        self.score: list[float] = []
        self.stays: list[Stay] = []
        self.eligible = np.zeros(len(needs), dtype=np.int64)

    def collect(self, step: Step) -> None:
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
        for j in [j for n, j in self.pins if n == i]:
            refused = self.pool.why(need, self.pool.experts[j].id)
            hard = [
                text
                for code, text in zip(refused.blocked_by, refused.blockers, strict=True)
                if code not in PINNED_ANYWAY
            ]
            label = f"{self.pool.experts[j].id} pour {need.id}"
            self.faults += [f"Choix imposé impossible ({label}) : {text}" for text in hard]
            if (i, j) in self.banned:
                self.faults.append(f"Choix à la fois imposé et interdit : {label}.")
            if not hard:
                self.pinned[i, j] = (counted(need, judged.score[j]), self._stays(need, [j])[0])

    def _candidates(self, i: int, need: Need, judged: Judged) -> None:
        settings = self.pool.settings
        fit = judged.eligible & (judged.score >= settings.minimum_score)
        fit[[j for n, j in self.banned if n == i]] = False
        self.eligible[i] = int(fit.sum())
        fit[[j for n, j in self.pinned if n == i]] = False
        for spoken in need.team_languages if need.seats == 1 else ():
            fit &= self.pool.roster.level(spoken.code) >= level_rank(spoken.level)
        who = np.flatnonzero(fit)
        best = who[np.argsort(-judged.score[who], kind="stable")[: settings.candidates]]
        best.sort()
        self.need += [i] * best.size
        self.expert += best.tolist()
        self.score += [counted(need, score) for score in judged.score[best]]
        self.stays += self._stays(need, best.tolist())

    def _stays(self, need: Need, who: Sequence[int]) -> list[Stay]:
        roster = self.pool.roster
        low, high = roster.segments(need)
        limits = np.append(roster.offsets, low.size)
        stays = []
        for j in who:
            spans = range(int(limits[j]), int(limits[j + 1]))
            kept = [(int(low[k]), int(high[k])) for k in spans if high[k] - low[k] + 1 >= need.days]
            stays.append(Stay(days=need.days, segments=tuple(kept)))
        return stays


def counted(need: Need, score: float) -> float:
    """A score as the plan counts it: times the priority, in ten-thousandths."""
    return round(float(score) * need.priority, 4)


def _without_pins(pairs: _Pairs, previous: set[tuple[int, int]]) -> Round:
    pool, needs = pairs.pool, pairs.needs
    demand = np.array([need.seats for need in needs], dtype=np.int64)
    load = pool.roster.load.copy()
    for i, j in pairs.pinned:
        demand[i] -= 1
        load[j] -= 1
    _check_pins(pairs, demand, load)
    p = problem(pairs.need, pairs.expert, pairs.score, demand, load)
    kept = [(i, j) in previous for i, j in zip(pairs.need, pairs.expert, strict=True)]
    covered = np.zeros(len(needs), dtype=np.bool_)
    covered[[i for i, _ in pairs.pinned]] = True
    p = replace(p, kept=np.array(kept, dtype=np.bool_), covered=covered)
    keep = _beside_pins(p, pairs)
    p, stays = p.only(keep), [s for s, k in zip(pairs.stays, keep.tolist(), strict=True) if k]
    p = replace(p, team=_teams(p, pool), covers=_covers(p, pairs))
    latest = np.array([stay.latest for stay in stays], dtype=np.int64)
    ends = np.array([stay.earliest + stay.days - 1 for stay in stays], dtype=np.int64)
    return Round(
        needs=tuple(needs),
        pool=pool,
        problem=replace(p, rows=overlap_rows(p, latest, ends)),
        stays=tuple(stays),
        pinned=pairs.pinned,
        eligible=pairs.eligible,
    )


def _check_pins(pairs: _Pairs, demand: Ints, load: Ints) -> None:
    """Seats, loads, employers and dates of the pins taken together."""
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
        seen: set[tuple[int, int]] = set()
        for i, j in pairs.pinned:
            key = (i, int(pool.roster.employer[j]))
            if key[1] >= 0 and key in seen:
                faults.append(f"Deux personnes imposées du même employeur pour {needs[i].id}.")
            seen.add(key)
    if faults:
        raise PinError(faults)


def _beside_pins(p: Problem, pairs: _Pairs) -> Bools:
    """Pairs still possible beside the pins: seats and loads left, employers, dates."""
    keep: Bools = (p.demand[p.need] > 0) & (p.load[p.expert] > 0)
    employer = pairs.pool.roster.employer
    busy: dict[int, list[Stay]] = {}
    for (i, j), (_, stay) in pairs.pinned.items():
        busy.setdefault(j, []).append(stay)
        if pairs.pool.settings.one_per_employer and employer[j] >= 0:
            keep &= (p.need != i) | (employer[p.expert] != employer[j])
    for j, stays in busy.items():
        for k in np.flatnonzero(keep & (p.expert == j)).tolist():
            keep[k] = schedule([*stays, pairs.stays[k]]) is not None
    return keep


def _teams(p: Problem, pool: Pool) -> Ints:
    """Number the groups of pairs of one need and one employer (at most one is taken)."""
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


def _covers(p: Problem, pairs: _Pairs) -> tuple[tuple[int, Ints], ...]:
    """For each language a team must hold: the pairs whose person speaks it."""
    roster = pairs.pool.roster
    covers = []
    for i, need in enumerate(pairs.needs):
        for spoken in need.team_languages:
            able = roster.level(spoken.code) >= level_rank(spoken.level)
            if not any(able[j] for n, j in pairs.pinned if n == i):
                covers.append((i, np.flatnonzero((p.need == i) & able[p.expert])))
    return tuple(covers)
