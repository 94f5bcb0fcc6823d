"""The experts as columns: what the rules and the parts of the score read, without a loop on pairs.

Every array has one entry per expert, in the order given; days are proleptic ordinals.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from .model import LEVELS, Expert, Need, Period, Settings

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NEVER = 1 << 30  # a day no calendar reaches; small enough for sums in int64


def level_rank(level: str) -> int:
    """1 for A1 to 6 for C2; raises ValueError for anything else."""
    return LEVELS.index(level) + 1


@dataclass(frozen=True, kw_only=True)
class Runs:
    """Longest run of common days (may be <= 0), and the first start of a run long enough."""

    longest: Ints
    first: Ints


class Roster:
    """Columns over experts, built once for many needs."""

    def __init__(self, experts: Sequence[Expert], settings: Settings) -> None:
        self.experts = list(experts)
        self.settings = settings
        self.size = len(self.experts)
        self.load = np.array([e.load for e in experts], dtype=np.int64)
        self._fill_periods()
        self._fill_frames()
        self._fill_names()
        self._fill_languages()

    def _fill_periods(self) -> None:
        starts: list[int] = []
        ends: list[int] = []
        offsets: list[int] = []
        for expert in self.experts:
            offsets.append(len(starts))
            # A person without any period keeps one impossible row: reduceat needs a row each.
            for start, end in merged(expert.availability) or [(NEVER, 0)]:
                starts.append(start)
                ends.append(end)
        self.starts = np.array(starts, dtype=np.int64)
        self.ends = np.array(ends, dtype=np.int64)
        self.offsets = np.array(offsets, dtype=np.int64)
        counts = np.diff(np.append(self.offsets, len(starts)))
        self.owner = np.repeat(np.arange(self.size), counts)

    def _fill_frames(self) -> None:
        on = self.settings.today
        self.framed = np.ones(self.size, dtype=np.bool_)
        self.earliest = np.zeros(self.size, dtype=np.int64)
        for i, expert in enumerate(self.experts):
            if not expert.frames:
                continue
            usable = [
                f
                for f in expert.frames
                if f.verdict != "closed" and (f.file_by is None or f.file_by >= on)
            ]
            self.framed[i] = bool(usable)
            # A run must begin after the latest filing date of one frame that is still usable.
            self.earliest[i] = min(
                (f.file_by.toordinal() + 1 if f.file_by else 0 for f in usable), default=0
            )

    def _fill_names(self) -> None:
        self.in_network: dict[str, Bools] = {}
        self.conflicts: dict[str, list[int]] = {}
        self.knows: dict[str, list[int]] = {}
        for i, expert in enumerate(self.experts):
            for network in {expert.network, *expert.shared_with}:
                if network not in self.in_network:
                    self.in_network[network] = np.zeros(self.size, dtype=np.bool_)
                self.in_network[network][i] = True
            for name in expert.conflicts:
                self.conflicts.setdefault(name, []).append(i)
            for country in expert.countries:
                self.knows.setdefault(country, []).append(i)
        employers = {e.employer: k for k, e in enumerate(self.experts) if e.employer}
        self.employer = np.array(
            [employers[e.employer] if e.employer else -1 for e in self.experts], dtype=np.int64
        )

    def _fill_languages(self) -> None:
        self.levels: dict[str, NDArray[np.int8]] = {}
        for i, expert in enumerate(self.experts):
            for spoken in expert.languages:
                if spoken.code not in self.levels:
                    self.levels[spoken.code] = np.zeros(self.size, dtype=np.int8)
                column = self.levels[spoken.code]
                column[i] = max(int(column[i]), level_rank(spoken.level))

    def level(self, code: str) -> NDArray[np.int8]:
        """The level of each expert in a language, 0 when not spoken."""
        found = self.levels.get(code)
        return np.zeros(self.size, dtype=np.int8) if found is None else found

    def runs(self, need: Need) -> Runs:
        """The common days of a need's window with each expert's availability."""
        if not self.size:
            return Runs(longest=np.zeros(0, np.int64), first=np.zeros(0, np.int64))
        low, high = self.segments(need)
        length = high - low + 1
        first = np.where(length >= need.days, low, NEVER)
        return Runs(
            longest=np.maximum.reduceat(length, self.offsets),
            first=np.minimum.reduceat(first, self.offsets),
        )

    def segments(self, need: Need) -> tuple[Ints, Ints]:
        """Per period (see `owner`): first and last day common with the need's window."""
        low = np.maximum(self.starts, need.window.start.toordinal())
        low = np.maximum(low, self.earliest[self.owner])
        high = np.minimum(self.ends, need.window.end.toordinal())
        return low, high


def merged(periods: Sequence[Period]) -> list[tuple[int, int]]:
    """Periods as ordinals, sorted, with those that overlap or touch made one."""
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
    """The date of an ordinal, None for no day."""
    return date.fromordinal(ordinal) if 0 < ordinal < NEVER else None
