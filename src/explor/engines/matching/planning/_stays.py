"""The possible days of many pairs, as arrays; `_schedule.Stay` is the record for one pair."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from explor.engines.matching.records import NEVER, Bools, Ints

from ._schedule import Stay


@dataclass(frozen=True, kw_only=True)
class Stays:
    """The length of each pair's mission, and the periods (`low` to `high`) that allow it.

    The periods of the pairs follow each other: pair k has `count[k]` of them. It has at least one,
    and each is long enough for the mission.
    """

    days: Ints
    count: Ints
    low: Ints
    high: Ints

    @cached_property
    def begin(self) -> Ints:
        return np.cumsum(self.count) - self.count

    def of(self, k: int) -> Stay:
        """Return the stay of the pair at a position."""
        a = int(self.begin[k])
        b = a + int(self.count[k])
        spans = zip(self.low[a:b].tolist(), self.high[a:b].tolist(), strict=True)
        return Stay(days=int(self.days[k]), segments=tuple(spans))

    def only(self, keep: Bools) -> "Stays":
        """Return the stays of the pairs of a mask."""
        inside = np.repeat(keep, self.count)
        return Stays(
            days=self.days[keep],
            count=self.count[keep],
            low=self.low[inside],
            high=self.high[inside],
        )

    def latest(self) -> Ints:
        """Return the latest day on which the mission of each pair can begin."""
        if not self.days.size:
            return self.days
        return np.maximum.reduceat(self.high, self.begin) - self.days + 1

    def earliest_end(self) -> Ints:
        """Return the earliest day on which the mission of each pair can end."""
        if not self.days.size:
            return self.days
        return np.minimum.reduceat(self.low, self.begin) + self.days - 1

    def start_from(self, day: Ints) -> Ints:
        """Return the earliest day, from a given day on, to begin each mission, or NEVER."""
        if not self.days.size:
            return self.days
        start = np.maximum(self.low, np.repeat(day, self.count))
        fits = self.high - start + 1 >= np.repeat(self.days, self.count)
        return np.minimum.reduceat(np.where(fits, start, NEVER), self.begin)

    def free_start(self, first: Ints, last: Ints) -> Ints:
        """Return the earliest first day of each pair outside the busy periods, or NEVER.

        `first` and `last` have one row per busy period, in order of time, and one column per pair.
        A pair with fewer busy periods has NEVER in the other rows.
        """
        day = self.start_from(np.zeros_like(self.days))
        for busy_from, busy_to in zip(first, last, strict=True):
            clash = (day + self.days - 1 >= busy_from) & (day <= busy_to) & (day < NEVER)
            day = np.where(clash, self.start_from(np.where(clash, busy_to + 1, day)), day)
        return day
