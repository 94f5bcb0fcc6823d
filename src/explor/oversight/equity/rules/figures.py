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
    """One person seen by one network: the group of each dimension, and what happened."""

    expert: int
    groups: Mapping[str, str]
    outcomes: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Group:
    """So many people, of whom `counts` for each of `OUTCOMES`."""

    label: str
    people: int
    counts: tuple[int, ...]

    def rate(self, outcome: int) -> float:
        """The share, from 0 to 1."""
        return self.counts[outcome] / self.people


@dataclass(frozen=True, kw_only=True)
class Table:
    """The whole, then the groups that may be shown, the folded ones last."""

    total: Group
    groups: tuple[Group, ...]


def wilson(count: int, people: int) -> tuple[float, float]:
    """Between which shares the rate lies at 95 %, from `count` among `people` (at least one).

    Wilson, E. B. (1927), « Probable inference », JASA 22: holds for few people and rates near 0.
    """
    share, spread = count / people, Z * Z / people
    middle = share + spread / 2
    half = Z * sqrt(share * (1 - share) / people + spread / (4 * people))
    low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    return max(0.0, min(low, share)), min(1.0, max(high, share))


def bounds(count: int, people: int, *, step: int = 1) -> tuple[int, int]:
    """The interval out of 100, rounded outwards to a multiple of `step`."""
    low, high = wilson(count, people)
    # Rounded first: 0.3 times 100 is a hair above 30 for a computer.
    return (
        step * floor(round(100 * low, 6) / step),
        step * ceil(round(100 * high, 6) / step),
    )


def gap(group: Group, total: Group, outcome: int) -> str:
    """How a group stands beside the whole; only a whole outside the interval is a clear gap."""
    low, high = wilson(group.counts[outcome], group.people)
    if low > total.rate(outcome):
        return MORE
    return LESS if high < total.rate(outcome) else LEVEL


def distance(group: Group, total: Group, outcome: int) -> int:
    """The gap to the whole out of 100, without its sign."""
    return round(100 * abs(group.rate(outcome) - total.rate(outcome)))


def sum_of(groups: Iterable[Group], label: str) -> Group:
    """Several groups as one."""
    parts = list(groups)
    columns = zip(*(group.counts for group in parts), strict=True) if parts else []
    counts = tuple(map(sum, columns)) or (0,) * len(OUTCOMES)
    return Group(label=label, people=sum(group.people for group in parts), counts=counts)


def fold(groups: Sequence[Group]) -> tuple[Group, ...]:
    """The groups that may be shown, in their order, then the others as one.

    A group below `K` is folded; so are the smallest next ones, as long as what is folded is one
    group alone or fewer than `K` people, since the whole minus the others would then tell it.
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
    """The table of one dimension; nothing when the whole is fewer than `K` people."""
    if len(observations) < K:
        return None
    gathered: defaultdict[str, list[Observation]] = defaultdict(list)
    for each in observations:
        gathered[each.groups[dimension.code]].append(each)
    labels = sorted(gathered, key=dimension.rank)
    groups = fold([_counted(label, gathered[label], outcomes) for label in labels])
    return Table(total=_counted(ALL, observations, outcomes), groups=groups)


def merge(tables: Iterable[Table], dimension: Dimension) -> Table | None:
    """Several safe tables as one: it only adds what each of them already shows."""
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
