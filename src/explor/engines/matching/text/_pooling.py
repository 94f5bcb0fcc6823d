"""Similarity of an expert to a need, combined from the best lines (units) of the profile."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats32 = NDArray[np.float32]
Ints = NDArray[np.int64]

BEST = 3
POWER = 4


@dataclass(frozen=True, kw_only=True)
class Groups:
    """A mapping from the rows of an array to experts; experts with the most rows come first.

    A row is one text of a profile (a unit). `first` is the first row of each expert and `count` the
    number of rows, which follow each other.
    """

    expert: Ints
    first: Ints
    count: Ints

    @classmethod
    def of(cls, owner: Ints) -> "Groups":
        """Group rows by expert; `owner` is the expert of each row, -1 for a row to leave out."""
        starts = np.flatnonzero(np.diff(owner, prepend=-2))
        count = np.diff(starts, append=owner.size)
        kept = owner[starts] >= 0
        starts, count = starts[kept], count[kept]
        falling = np.argsort(-count, kind="stable")
        return cls(expert=owner[starts[falling]], first=starts[falling], count=count[falling])

    def best(self, similar: Floats32) -> list[Floats32]:
        """Return the best, second and third similarities of each expert's rows to each need, or 0.

        `similar` is an array of rows x needs; each of the three results is experts x needs. For
        performance rows are compared one by one, without sorting.
        """
        shape = (self.expert.size, similar.shape[1])
        top = [np.full(shape, -np.inf, dtype=np.float32) for _ in range(BEST)]
        longest = int(self.count[0]) if self.count.size else 0
        for k in range(longest):
            here = int(np.searchsorted(-self.count, -k))
            value = similar[self.first[:here] + k]
            for level in top:
                best = level[:here]
                lower = np.minimum(best, value)
                np.maximum(best, value, out=best)
                value = lower
        for level in top:
            level[np.isneginf(level)] = 0
        return top

    def norm(self, similar: Floats32) -> Floats32:
        """Return, per expert and need, the p-norm (p = `POWER`) of the three best similarities.

        `similar` is an array of rows (texts of profiles) x needs.
        """
        total = np.zeros((self.expert.size, similar.shape[1]), dtype=np.float32)
        for level in self.best(similar):
            total += np.maximum(level, 0) ** POWER
        return np.asarray(total ** (1 / POWER), dtype=np.float32)

    def mean(self, similar: Floats32) -> Floats32:
        """Return, per expert and need, the mean of the three best similarities, or of all if fewer.

        `similar` is an array of rows (texts of profiles) x needs.
        """
        used = np.minimum(self.count, BEST).astype(np.float32)
        return np.asarray(sum(self.best(similar)) / used[:, None], dtype=np.float32)
