"""Free days of an expert: the declared availability without the days already taken."""

from collections.abc import Sequence
from datetime import timedelta

from explor.engines.matching import Period


def without(offered: Sequence[Period], taken: Sequence[Period]) -> list[Period]:
    """Return the days of `offered` that are not in `taken`, as periods sorted by first day."""
    free = sorted(offered, key=lambda period: period.start)
    for busy in taken:
        free = [piece for period in free for piece in _cut(period, busy)]
    return free


def _cut(period: Period, busy: Period) -> list[Period]:
    if busy.end < period.start or busy.start > period.end:
        return [period]
    day = timedelta(days=1)
    pieces = []
    if busy.start > period.start:
        pieces.append(Period(start=period.start, end=busy.start - day))
    if busy.end < period.end:
        pieces.append(Period(start=busy.end + day, end=period.end))
    return pieces
