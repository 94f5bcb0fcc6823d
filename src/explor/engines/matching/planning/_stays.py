"""The possible days of the missions of many pairs, as arrays; see `Stay` for a single pair."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from explor.engines.matching.records import NEVER, Bools, Ints

from ._schedule import Stay


@dataclass(frozen=True, kw_only=True)
class Stays:
    """For each (need, expert) pair, the length of the mission in days and the possible periods.

    The periods, from `low` to `high` included (ordinals), follow each other: pair k has `count[k]`
    periods, at least one, and each period is long enough for the mission.
    """

    days: Ints
    count: Ints
    low: Ints
    high: Ints

    @cached_property
    def begin(self) -> Ints:
        return np.cumsum(self.count) - self.count

    def of(self, k: int) -> Stay:
        """Return the length and the possible days of the mission of the pair at position `k`."""
        a = int(self.begin[k])
        b = a + int(self.count[k])
        spans = zip(self.low[a:b].tolist(), self.high[a:b].tolist(), strict=True)
        return Stay(days=int(self.days[k]), segments=tuple(spans))

    def only(self, keep: Bools) -> "Stays":
        """Return the missions of the (need, expert) pairs of the mask `keep`, in the same order."""
        inside = np.repeat(keep, self.count)
        return Stays(
            days=self.days[keep],
            count=self.count[keep],
            low=self.low[inside],
            high=self.high[inside],
        )

    def latest(self) -> Ints:
        """Return, per (need, expert) pair, the ordinal of the latest day to begin the mission."""
        if not self.days.size:
            return self.days
        return np.maximum.reduceat(self.high, self.begin) - self.days + 1

    def earliest_end(self) -> Ints:
        """Return, per (need, expert) pair, the ordinal of the mission's earliest last day."""
        if not self.days.size:
            return self.days
        return np.minimum.reduceat(self.low, self.begin) + self.days - 1

    def start_from(self, day: Ints) -> Ints:
        """Return, per pair, the first day, `day` or later, to begin the mission; NEVER if none.

        `day` has one ordinal per (need, expert) pair, as the result.
        """
        if not self.days.size:
            return self.days
        start = np.maximum(self.low, np.repeat(day, self.count))
        fits = self.high - start + 1 >= np.repeat(self.days, self.count)
        return np.minimum.reduceat(np.where(fits, start, NEVER), self.begin)

    def free_start(self, first: Ints, last: Ints) -> Ints:
        """Return, per pair, the first day to begin the mission outside busy periods, or NEVER.

        `first` and `last` are the first and last days (ordinals) of the busy periods: one column
        per (need, expert) pair, with its periods in order of time, then NEVER.
        """
        day = self.start_from(np.zeros_like(self.days))
        for busy_from, busy_to in zip(first, last, strict=True):
            clash = (day + self.days - 1 >= busy_from) & (day <= busy_to) & (day < NEVER)
            day = np.where(clash, self.start_from(np.where(clash, busy_to + 1, day)), day)
        return day
