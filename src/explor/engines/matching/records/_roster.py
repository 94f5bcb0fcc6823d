"""The experts as numpy arrays, so rules and scores are computed without loops on pairs.

Most arrays have one entry per expert, in the order given; arrays of availability have one entry per
period. Days are ordinals (`date.toordinal`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ._records import LEVELS, Expert, Need, Period, Scheme, Settings

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NEVER = 1 << 30  # a day beyond any calendar; small enough for sums in int64


def level_rank(level: str) -> int:
    """Return the rank of a level, from 1 (A1) to 6 (C2); raise ValueError for another level."""
    return LEVELS.index(level) + 1


@dataclass(frozen=True, kw_only=True)
class Runs:
    """The availability of each expert in the window of a need, as two arrays.

    `longest` is the maximum number of consecutive available days, 0 or negative if none; `first` is
    the earliest day to begin the mission (an ordinal), NEVER if none. Both have one entry per
    expert.
    """

    longest: Ints
    first: Ints


class Roster:
    """The experts of a season as arrays, built once for many needs; an expert can be replaced."""

    def __init__(self, experts: Sequence[Expert], settings: Settings) -> None:
        self.experts = list(experts)
        self.settings = settings
        self.size = len(self.experts)
        self.places = {expert.id: i for i, expert in enumerate(self.experts)}
        self.last_limits: tuple[Need, tuple[Bools, Ints]] | None = None
        self.load = np.zeros(self.size, dtype=np.int64)
        self.has_scheme = np.ones(self.size, dtype=np.bool_)
        self.earliest = np.zeros(self.size, dtype=np.int64)
        self.employer = np.full(self.size, -1, dtype=np.int64)
        self.employers: dict[str, int] = {}
        self.in_network: dict[str, Bools] = {}
        self.conflicts: dict[str, set[int]] = {}
        self.knows: dict[str, set[int]] = {}
        self.levels: dict[str, NDArray[np.int8]] = {}
        spans = [_spans(expert) for expert in self.experts]
        flat = np.array([span for several in spans for span in several], dtype=np.int64)
        self.starts, self.ends = flat.reshape(-1, 2).T.copy()
        self._number([len(several) for several in spans])
        self._segments: tuple[Need, tuple[Ints, Ints]] | None = None
        self._runs: tuple[Need, Runs] | None = None
        for i, expert in enumerate(self.experts):
            self._enter(i, expert)

    def _number(self, counts: Sequence[int] | Ints) -> None:
        """Compute the index of each expert's first availability period, and each period's expert.

        `counts` is the number of periods of each expert. The results are stored in attributes.
        """
        self.counts = np.asarray(counts, dtype=np.int64)
        self.offsets = np.cumsum(self.counts) - self.counts
        self.owner = np.repeat(np.arange(self.size), self.counts)

    def replace(self, i: int, expert: Expert) -> None:
        """Replace the expert at position `i` by `expert` in every array."""
        self._segments = self._runs = None
        self.last_limits = None
        first, last = self.offsets[i], self.offsets[i] + self.counts[i]
        spans = np.array(_spans(expert), dtype=np.int64)
        self.starts = np.concatenate([self.starts[:first], spans[:, 0], self.starts[last:]])
        self.ends = np.concatenate([self.ends[:first], spans[:, 1], self.ends[last:]])
        counts = self.counts.copy()
        counts[i] = len(spans)
        self._number(counts)
        for members in self.in_network.values():
            members[i] = False
        for column in self.levels.values():
            column[i] = 0
        for places in (*self.conflicts.values(), *self.knows.values()):
            places.discard(i)
        self.experts[i] = expert
        self._enter(i, expert)

    def _enter(self, i: int, expert: Expert) -> None:
        self.load[i] = expert.load
        self.places[expert.id] = i
        self.has_scheme[i], self.earliest[i] = scheme_limits(expert.schemes, self.settings.today)
        self.employer[i] = (
            self.employers.setdefault(expert.employer, len(self.employers))
            if expert.employer
            else -1
        )
        for network in {expert.network, *expert.shared_with}:
            if network not in self.in_network:
                self.in_network[network] = np.zeros(self.size, dtype=np.bool_)
            self.in_network[network][i] = True
        for name in expert.conflicts:
            self.conflicts.setdefault(name, set()).add(i)
        for country in expert.countries:
            self.knows.setdefault(country, set()).add(i)
        for spoken in expert.languages:
            if spoken.code not in self.levels:
                self.levels[spoken.code] = np.zeros(self.size, dtype=np.int8)
            column = self.levels[spoken.code]
            column[i] = max(int(column[i]), level_rank(spoken.level))

    def schemes_of(self, need: Need, i: int) -> tuple[Scheme, ...]:
        """Return the verdicts on leave schemes of expert `i` for the dates of a need."""
        expert = self.experts[i]
        return need.schemes.get(expert.id, expert.schemes)

    def scheme_limits(self, need: Need) -> tuple[Bools, Ints]:
        """Return, per expert, whether a leave scheme is usable for a need, and the first day.

        The day is an ordinal, 0 without limit. The result for the last need is cached, since
        several rules use it.
        """
        if not need.schemes:
            return self.has_scheme, self.earliest
        if self.last_limits is None or self.last_limits[0] is not need:
            self.last_limits = need, self._scheme_limits(need)
        return self.last_limits[1]

    def _scheme_limits(self, need: Need) -> tuple[Bools, Ints]:
        usable, earliest = self.has_scheme.copy(), self.earliest.copy()
        for name, schemes in need.schemes.items():
            if (i := self.places.get(name)) is not None:
                usable[i], earliest[i] = scheme_limits(schemes, self.settings.today)
        return usable, earliest

    def level(self, code: str) -> NDArray[np.int8]:
        """Return the level of each expert in a language, from 1 (A1) to 6 (C2), 0 for none."""
        result = self.levels.get(code)
        return np.zeros(self.size, dtype=np.int8) if result is None else result

    def runs(self, need: Need) -> Runs:
        """Return how long, and from when, each expert is available in the window of a need.

        These are the attributes `longest` and `first` of `Runs`. The result for the last need is
        cached.
        """
        if not self.size:
            return Runs(longest=np.zeros(0, np.int64), first=np.zeros(0, np.int64))
        known = self._runs
        if known is not None and known[0] is need:
            return known[1]
        low, high = self.segments(need)
        length = high - low + 1
        first = np.where(length >= need.days, low, NEVER)
        result = Runs(
            longest=np.maximum.reduceat(length, self.offsets),
            first=np.minimum.reduceat(first, self.offsets),
        )
        self._runs = need, result
        return result

    def segments(self, need: Need) -> tuple[Ints, Ints]:
        """Return the first and last days of each availability period, cut to the need's window.

        The cut takes account of leave schemes. A period outside the window ends before it begins;
        `owner` gives the expert of each period. The result for the last need is cached: the rules,
        the score and the plan use it in turn.
        """
        known = self._segments
        if known is not None and known[0] is need:
            return known[1]
        low = np.maximum(self.starts, need.window.start.toordinal())
        low = np.maximum(low, self.scheme_limits(need)[1][self.owner])
        high = np.minimum(self.ends, need.window.end.toordinal())
        self._segments = need, (low, high)
        return low, high


def _spans(expert: Expert) -> list[tuple[int, int]]:
    """Return the availability of an expert as merged periods of ordinals.

    For an expert without availability, the result is one impossible period, since `reduceat` needs
    one at least.
    """
    return merged(expert.availability) or [(NEVER, 0)]


def scheme_limits(schemes: Sequence[Scheme], on: date) -> tuple[bool, int]:
    """Return whether any leave scheme is usable on the day `on`, and the first day of a mission.

    The first day is an ordinal: the day after the last filing day of a usable scheme, or 0 without
    limit. When `schemes` is empty there is no restriction: (True, 0).
    """
    if not schemes:
        return True, 0
    usable = [
        each
        for each in schemes
        if each.verdict != "closed" and (each.file_by is None or each.file_by >= on)
    ]
    after = [f.file_by.toordinal() + 1 if f.file_by else 0 for f in usable]
    return bool(usable), min(after, default=0)


def merged(periods: Sequence[Period]) -> list[tuple[int, int]]:
    """Return periods as sorted (first, last) ordinals; overlapping or adjacent ones are merged."""
    result: list[tuple[int, int]] = []
    for start, end in sorted((p.start.toordinal(), p.end.toordinal()) for p in periods):
        if end < start:
            continue
        if result and start <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result


def day(ordinal: int) -> date | None:
    """Return the date of an ordinal; None for 0, NEVER and other values that are not a day."""
    return date.fromordinal(ordinal) if 0 < ordinal < NEVER else None
