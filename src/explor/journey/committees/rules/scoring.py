"""Score out of 20 from the levels on a grid, and description of the spread of scores."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import fmean, pstdev

from explor.journey.calls.models import Criterion

TOP = 20
# Default levels, for a criterion whose network described none.
LEVELS = ("insuffisant", "fragile", "correct", "bon", "très bon")


def levels_of(criterion: Criterion) -> Sequence[str]:
    """Return the descriptions of the levels of a criterion, weakest first; at least two."""
    return described(criterion.levels)


def described(levels: Sequence[str]) -> Sequence[str]:
    """Return the level descriptions written by a network, or the default ones if fewer than two."""
    return levels if len(levels) > 1 else LEVELS


def score_of(levels: Mapping[int, int | None], criteria: Iterable[Criterion]) -> Decimal | None:
    """Return the weighted mean of `levels`, out of 20; None when a criterion is not given a level.

    `levels` holds, by primary key of the criterion, the number of the level, 0 for the weakest. The
    result is None too when no criterion has a weight above 0.
    """
    total, weights = Decimal(0), 0
    for criterion in criteria:
        level = levels.get(criterion.pk)
        if level is None:
            return None
        total += criterion.weight * Decimal(level) / (len(levels_of(criterion)) - 1)
        weights += criterion.weight
    if not weights:
        return None
    return (TOP * total / weights).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True, kw_only=True)
class Scores:
    """Count, mean, extremes and standard deviation of the final scores of a need, out of 20."""

    count: int
    mean: float
    low: float
    high: float
    deviation: float

    @property
    def spread(self) -> float:
        """Return the difference between the highest and the lowest score."""
        return self.high - self.low


def summarise(scores: Sequence[Decimal]) -> Scores | None:
    """Return the count, mean, extremes and standard deviation of `scores`; None if it is empty."""
    if not scores:
        return None
    plain = [float(each) for each in scores]
    return Scores(
        count=len(plain),
        mean=fmean(plain),
        low=min(plain),
        high=max(plain),
        deviation=pstdev(plain),
    )


def describe_spread(scores: Scores | None, threshold: int) -> tuple[str, str]:
    """Return the tone and the label of the badge that describes the spread of scores.

    The tone is "warn" when the highest and lowest scores differ by `threshold` points or more. The
    label is "" for fewer than two scores.
    """
    if scores is None or scores.count < 2:
        return "neutral", ""
    points = f"{scores.spread:.1f}".replace(".", ",").removesuffix(",0")
    if scores.spread >= threshold:
        return "warn", f"désaccord : {points} points d’écart"
    return "good", f"avis proches : {points} point{'s' if scores.spread >= 2 else ''} d’écart"
