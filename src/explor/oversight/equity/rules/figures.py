"""Rates by group that identify nobody: groups of five people or more, intervals, gaps in words.

Pure functions. A table is safe when no hidden group can be deduced by subtraction: small groups are
merged (« folded ») into one row; if needed, larger groups are added until the row merges two groups
and five people.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt

from .groups import Dimension

K = 5  # people in the smallest group shown
Z = 1.959964  # 95 % of a normal law lies within so many standard deviations
STEP = 5  # the answers to the voluntary question are rounded to a multiple of this
OTHERS = "Autres groupes, trop petits pour être montrés"
ALL = "Ensemble"
OUTCOMES = ("proposed", "agreed", "ended")
LEVEL, MORE, LESS = "pas d’écart net", "plus souvent", "moins souvent"


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One expert or need that is counted, in one group of each dimension, with its outcomes.

    `subject` is the primary key of the expert or need; `groups` maps the code of each dimension to
    the label of a group.
    """

    subject: int
    groups: Mapping[str, str]
    outcomes: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Group:
    """A group of people or needs, with how many had each outcome, in the order of the outcomes."""

    label: str
    people: int
    counts: tuple[int, ...]

    def rate(self, outcome: int) -> float:
        """Return the share of the group that had the outcome at index `outcome`, from 0 to 1."""
        return self.counts[outcome] / self.people


@dataclass(frozen=True, kw_only=True)
class Table:
    """The total, then the groups that may be shown; the group that merges others comes last."""

    total: Group
    groups: tuple[Group, ...]


def wilson(count: int, people: int) -> tuple[float, float]:
    """Return the 95 % confidence interval of a rate, as two shares from 0 to 1.

    Args:
        count: how many people had the outcome.
        people: how many people there are, at least one.

    Method of E. B. Wilson (1927), « Probable inference », JASA 22: it remains valid for few people
    and for rates near 0.
    """
    share, spread = count / people, Z * Z / people
    middle = share + spread / 2
    half = Z * sqrt(share * (1 - share) / people + spread / (4 * people))
    low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    return max(0.0, min(low, share)), min(1.0, max(high, share))


def bounds(count: int, people: int, *, step: int = 1) -> tuple[int, int]:
    """Return the (low, high) confidence interval of a rate, from 0 to 100.

    The interval is widened to multiples of `step`.
    """
    low, high = wilson(count, people)
    # Rounded first: floating-point arithmetic gives slightly more than 30 for 100 times 0.3.
    return (
        step * floor(round(100 * low, 6) / step),
        step * ceil(round(100 * high, 6) / step),
    )


def gap(group: Group, total: Group, outcome: int) -> str:
    """Return `MORE`, `LESS` or `LEVEL`: how the rate of a group compares with that of all people.

    `outcome` is the index of the outcome. The answer is `LEVEL` unless the rate of all people is
    outside the confidence interval of the group.
    """
    low, high = wilson(group.counts[outcome], group.people)
    if low > total.rate(outcome):
        return MORE
    return LESS if high < total.rate(outcome) else LEVEL


def distance(group: Group, total: Group, outcome: int) -> int:
    """Return the difference between the rates of a group and of all people, in points (0 to 100).

    `outcome` is the index of the outcome.
    """
    return round(100 * abs(group.rate(outcome) - total.rate(outcome)))


def sum_of(groups: Iterable[Group], label: str) -> Group:
    """Return one group, with this label, that adds up several groups."""
    parts = list(groups)
    columns = zip(*(group.counts for group in parts), strict=True) if parts else []
    counts = tuple(map(sum, columns)) or (0,) * len(OUTCOMES)
    return Group(label=label, people=sum(group.people for group in parts), counts=counts)


def fold(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Return the groups that may be shown, in their order, then one group that merges the others.

    A group of fewer than `K` people is merged. So are the next smallest groups, until at least two
    groups and `K` people are merged: otherwise subtracting the shown groups from the total would
    reveal the hidden one.
    """
    by_size = sorted(groups, key=lambda group: group.people)
    hidden = [group for group in by_size if group.people < K]
    shown = by_size[len(hidden) :]
    while hidden and shown and (len(hidden) == 1 or sum_of(hidden, "").people < K):
        hidden.append(shown.pop(0))
    kept = tuple(group for group in groups if group in shown)
    return (*kept, sum_of(hidden, OTHERS)) if hidden else kept


def showable(sizes: Mapping[str, int]) -> set[str]:
    """Return the groups whose size, beside the total, reveals no small group (see `fold`)."""
    groups = [Group(label=name, people=size, counts=()) for name, size in sizes.items() if size]
    return {group.label for group in fold(groups)} - {OTHERS}


def table(
    observations: Sequence[Observation], dimension: Dimension, outcomes: Sequence[str] = OUTCOMES
) -> Table | None:
    """Return the rates of the groups of a dimension; None when fewer than `K` people are counted.

    The smallest groups are merged, see `fold`.
    """
    if len(observations) < K:
        return None
    gathered: defaultdict[str, list[Observation]] = defaultdict(list)
    for each in observations:
        gathered[each.groups[dimension.code]].append(each)
    labels = sorted(gathered, key=dimension.rank)
    groups = fold([_counted(label, gathered[label], outcomes) for label in labels])
    return Table(total=_counted(ALL, observations, outcomes), groups=groups)


def merge(tables: Iterable[Table], dimension: Dimension) -> Table | None:
    """Return one table that adds up tables of the same dimension, group by group; None if no table.

    Only shown groups are added, so that the sum reveals nothing that each table hides.
    """
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
