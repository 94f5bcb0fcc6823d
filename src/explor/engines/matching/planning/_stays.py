"""The possible days of many pairs at once, as columns: see `schedule.Stay` for one of them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from explor.engines.matching.records import NEVER, Bools, Ints

from ._schedule import Stay


@dataclass(frozen=True, kw_only=True)
class Stays:
    """Per pair its length in days; `low` and `high`, the first and last day of each period.

    Pair k has the `count[k]` periods that follow those of the pairs before it: one at least, each
    long enough for the mission.
    """

    days: Ints
    count: Ints
    low: Ints
    high: Ints

    @cached_property
    def begin(self) -> Ints:
        return np.cumsum(self.count) - self.count

    def of(self, k: int) -> Stay:
        """Return the stay of one pair."""
        a = int(self.begin[k])
        b = a + int(self.count[k])
        spans = zip(self.low[a:b].tolist(), self.high[a:b].tolist(), strict=True)
        return Stay(days=int(self.days[k]), segments=tuple(spans))

    def only(self, keep: Bools) -> "Stays":
        """Return the stays of the pairs kept."""
        inside = np.repeat(keep, self.count)
        return Stays(
            days=self.days[keep],
            count=self.count[keep],
            low=self.low[inside],
            high=self.high[inside],
        )

    def latest(self) -> Ints:
        """Return the last possible first day of each pair."""
        if not self.days.size:
            return self.days
        return np.maximum.reduceat(self.high, self.begin) - self.days + 1

    def earliest_end(self) -> Ints:
        """Return the first possible last day of each pair."""
        if not self.days.size:
            return self.days
        return np.minimum.reduceat(self.low, self.begin) + self.days - 1

    def start_from(self, day: Ints) -> Ints:
        """Return the first possible first day of each pair at or after a day, else NEVER."""
        if not self.days.size:
            return self.days
        start = np.maximum(self.low, np.repeat(day, self.count))
        fits = self.high - start + 1 >= np.repeat(self.days, self.count)
        return np.minimum.reduceat(np.where(fits, start, NEVER), self.begin)

    def free_start(self, first: Ints, last: Ints) -> Ints:
        """Return the first day of each pair that avoids busy periods, NEVER when there is none.

        `first` and `last` have one row per busy period in the order of time, one column per pair;
        a pair with fewer of them has NEVER for the others.
        """
        day = self.start_from(np.zeros_like(self.days))
        for busy_from, busy_to in zip(first, last, strict=True):
            clash = (day + self.days - 1 >= busy_from) & (day <= busy_to) & (day < NEVER)
            day = np.where(clash, self.start_from(np.where(clash, busy_to + 1, day)), day)
        return day
