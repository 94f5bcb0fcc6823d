"""Rates by group that name nobody: groups of five people or more, intervals, gaps in words.

Pure functions. A table is safe when no hidden group can be found by subtraction: the small ones are
folded together with others until what is folded holds two groups and five people.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt

from .groups import Dimension

K = 5  # people in the smallest group shown
Z = 1.959964  # 95 % of a normal law lies within so many standard deviations
STEP = 5  # to which the readings of the voluntary question are rounded
OTHERS = "Autres groupes, trop petits pour être montrés"
ALL = "Ensemble"
OUTCOMES = ("proposed", "agreed", "ended")
LEVEL, MORE, LESS = "pas d’écart net", "plus souvent", "moins souvent"


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One person, or one need: its group in each dimension, and its outcomes."""

    expert: int
    groups: Mapping[str, str]
    outcomes: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Group:
    """A number of people, and how many of them had each outcome, in the order of `OUTCOMES`."""

    label: str
    people: int
    counts: tuple[int, ...]

    def rate(self, outcome: int) -> float:
        """Return the share of people who had an outcome, from 0 to 1."""
        return self.counts[outcome] / self.people


@dataclass(frozen=True, kw_only=True)
class Table:
    """All people together, then the groups that may be shown, the folded ones last."""

    total: Group
    groups: tuple[Group, ...]


def wilson(count: int, people: int) -> tuple[float, float]:
    """Return the interval of a rate at 95 %, as two shares from 0 to 1.

    Args:
        count: how many people had the outcome.
        people: how many there are, at least one.

    Wilson, E. B. (1927), « Probable inference », JASA 22: holds for few people and rates near 0.
    """
    share, spread = count / people, Z * Z / people
    middle = share + spread / 2
    half = Z * sqrt(share * (1 - share) / people + spread / (4 * people))
    low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    return max(0.0, min(low, share)), min(1.0, max(high, share))


def bounds(count: int, people: int, *, step: int = 1) -> tuple[int, int]:
    """Return the same interval out of 100, rounded outwards to a multiple of `step`."""
    low, high = wilson(count, people)
    # Rounded first: 0.3 times 100 is a hair above 30 for a computer.
    return (
        step * floor(round(100 * low, 6) / step),
        step * ceil(round(100 * high, 6) / step),
    )


def gap(group: Group, total: Group, outcome: int) -> str:
    """Return the gap of a group to all people, in words.

    The gap is clear when the rate of all people is outside the interval of the group.
    """
    low, high = wilson(group.counts[outcome], group.people)
    if low > total.rate(outcome):
        return MORE
    return LESS if high < total.rate(outcome) else LEVEL


def distance(group: Group, total: Group, outcome: int) -> int:
    """Return the distance between the two rates, out of 100."""
    return round(100 * abs(group.rate(outcome) - total.rate(outcome)))


def sum_of(groups: Iterable[Group], label: str) -> Group:
    """Return the sum of several groups, under a label."""
    parts = list(groups)
    columns = zip(*(group.counts for group in parts), strict=True) if parts else []
    counts = tuple(map(sum, columns)) or (0,) * len(OUTCOMES)
    return Group(label=label, people=sum(group.people for group in parts), counts=counts)


def fold(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Return the groups that may be shown, in their order, then the others as one.

    A group below `K` is folded. So are the next smallest ones, while the folded part is a single
    group or fewer than `K` people: the total minus the shown groups would then reveal it.
    """
    by_size = sorted(groups, key=lambda group: group.people)
    hidden = [group for group in by_size if group.people < K]
    shown = by_size[len(hidden) :]
    while hidden and shown and (len(hidden) == 1 or sum_of(hidden, "").people < K):
        hidden.append(shown.pop(0))
    kept = tuple(group for group in groups if group in shown)
    return (*kept, sum_of(hidden, OTHERS)) if hidden else kept


def table(
    observations: Sequence[Observation], dimension: Dimension, outcomes: Sequence[str] = OUTCOMES
) -> Table | None:
    """Return the table of one dimension; None below `K` people in all."""
    if len(observations) < K:
        return None
    gathered: defaultdict[str, list[Observation]] = defaultdict(list)
    for each in observations:
        gathered[each.groups[dimension.code]].append(each)
    labels = sorted(gathered, key=dimension.rank)
    groups = fold([_counted(label, gathered[label], outcomes) for label in labels])
    return Table(total=_counted(ALL, observations, outcomes), groups=groups)


def merge(tables: Iterable[Table], dimension: Dimension) -> Table | None:
    """Return the sum of several safe tables, which adds only what each of them shows."""
    gathered: defaultdict[str, list[Group]] = defaultdict(list)
    totals = []
    for each in tables:
        totals.append(each.total)
        for group in each.groups:
            gathered[group.label].append(group)
    if not totals:
        return None
    labels = sorted(gathered, key=lambda label: (label == OTHERS, dimension.rank(label)))
    groups = tuple(sum_of(gathered[label], label) for label in labels)
    return Table(total=sum_of(totals, ALL), groups=groups)


def _counted(label: str, observations: Sequence[Observation], outcomes: Sequence[str]) -> Group:
    counts = tuple(sum(outcome in each.outcomes for each in observations) for outcome in outcomes)
    return Group(label=label, people=len(observations), counts=counts)
