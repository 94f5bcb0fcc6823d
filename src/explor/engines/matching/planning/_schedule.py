"""Choice of dates for the missions of one person, so that they do not overlap."""

from collections.abc import Sequence
from dataclasses import dataclass

from explor.engines.matching.records import NEVER

Segment = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Stay:
    """A mission without dates yet: its length in `days`, and the periods that allow it.

    Each of `segments` is (first day, last day), both included, as ordinals.
    """

    days: int
    segments: tuple[Segment, ...]

    @property
    def earliest(self) -> int:
        """Return the ordinal of the first day on which the mission can begin, NEVER if none."""
        return min((a for a, b in self.segments if b - a + 1 >= self.days), default=NEVER)

    @property
    def latest(self) -> int:
        """Return the latest day on which the mission can begin, as an ordinal.

        Raises ValueError when there is none.
        """
        return max((b - self.days + 1 for a, b in self.segments if b - a + 1 >= self.days))

    def start_from(self, day: int) -> int:
        """Return the first ordinal, `day` or later, when the mission can begin; NEVER if none."""
        return min(
            (max(a, day) for a, b in self.segments if b - max(a, day) + 1 >= self.days),
            default=NEVER,
        )


def schedule(stays: Sequence[Stay]) -> tuple[int, ...] | None:
    """Return a first day for each mission so that no two share a day, or None if it is impossible.

    Days are ordinals. The result is exact, by dynamic programming on sets of missions: for each
    set, only the earliest possible end matters. The time grows as 2**n, where n is the number of
    missions.
    """
    full = (1 << len(stays)) - 1
    over: dict[int, int] = {0: 0}
    came: dict[int, tuple[int, int]] = {}
    for done in range(full + 1):
        if done not in over:
            continue
        for k, stay in enumerate(stays):
            if done >> k & 1:
                continue
            start = stay.start_from(over[done])
            after = done | 1 << k
            if start < NEVER and start + stay.days < over.get(after, NEVER):
                over[after] = start + stay.days
                came[after] = (k, start)
    if full not in over:
        return None
    starts = [0] * len(stays)
    left = full
    while left:
        k, start = came[left]
        starts[k] = start
        left ^= 1 << k
    return tuple(starts)


def smallest_clash(stays: Sequence[Stay]) -> tuple[int, ...]:
    """Return the positions of a minimal set of missions that cannot avoid overlapping.

    If any one of these is removed, the others can be scheduled. The missions `stays` must be
    impossible to schedule together.
    """
    kept = list(range(len(stays)))
    for k in range(len(stays)):
        fewer = [m for m in kept if m != k]
        if schedule([stays[m] for m in fewer]) is None:
            kept = fewer
    return tuple(kept)
