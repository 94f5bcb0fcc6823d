"""Comparison of two texts split into words, with a limit on the work: texts may be long."""

from collections.abc import Sequence
from difflib import Match, SequenceMatcher
from itertools import accumulate
from typing import Any

MOST = 5_000_000  # maximum number of pairs of equal words examined: half a second of work
Step = tuple[str, int, int, int, int]


def steps_between(old: Sequence[str], new: Sequence[str]) -> list[Step]:
    """Return the operations (tag, i, j, k, m) of `SequenceMatcher` that turn `old` into `new`.

    Equal words at both ends are skipped first. In between, words not yet compared after `MOST`
    pairs count as replaced, since many repeated words would take minutes.
    """
    shortest = min(len(old), len(new))
    start = _alike(old, new, shortest)
    end = _alike(old[::-1], new[::-1], shortest - start)
    left, right = len(old) - end, len(new) - end
    steps = [("equal", 0, start, 0, start)] if start else []
    for tag, i, j, k, m in _BoundedMatcher(old[start:left], new[start:right]).get_opcodes():
        steps.append((tag, i + start, j + start, k + start, m + start))
    return [*steps, ("equal", left, len(old), right, len(new))] if end else steps


def _alike(old: Sequence[str], new: Sequence[str], most: int) -> int:
    """Return how many words are equal at the start of both lists, at most `most`."""
    return next((at for at in range(most) if old[at] != new[at]), most)


class _BoundedMatcher(SequenceMatcher[str]):
    """A `SequenceMatcher` that stops finding matches once it has examined `MOST` pairs."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        super().__init__(a=old, b=new, autojunk=False)
        places: Any = self.b2j  # type: ignore[attr-defined]
        self.cost = list(accumulate((1 + len(places.get(word, ())) for word in old), initial=0))
        self.left = MOST

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        self.left -= self.cost[-1 if ahi is None else ahi] - self.cost[alo]
        if self.left < 0:
            return Match(alo, blo, 0)
        return super().find_longest_match(alo, ahi, blo, bhi)
