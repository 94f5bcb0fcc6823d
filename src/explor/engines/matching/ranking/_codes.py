"""Closeness of two codes or labels: same, narrower, broader, synonyms, or with words in common."""

from collections.abc import Sequence

import numpy as np

from explor.engines.matching.records import Floats, Ints, Taxonomy
from explor.engines.matching.text import STOP, fold, stem, words

NARROWER = 0.9  # the expert's code is narrower than the required one
BROADER = 0.6  # the expert's code is one step broader than the required one
SYNONYM = 0.95
WORDS = 0.5  # labels that share at least half of their words


class Closeness:
    """The codes of all experts (skills or sectors), and how close they are to a required code.

    Closeness goes from 0 to 1, for the same code. A code may also be a label in free words.
    """

    def __init__(self, per_expert: Sequence[Sequence[str]], taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        self.size = len(per_expert)
        # Label 0 means no code: reduceat needs at least one entry for every expert.
        self.labels = [""]
        self.ids: dict[str, int] = {}
        self._keys = [""]
        self._bags = [bag("")]
        self._near: dict[str, Floats] = {}
        numbered = [self._places(codes) for codes in per_expert]
        self.flat = np.array([k for places in numbered for k in places], dtype=np.int64)
        self._count([len(places) for places in numbered])

    def _places(self, codes: Sequence[str]) -> list[int]:
        """Return the positions in `labels` of codes, preceded by position 0, which means no code.

        Codes not yet in `labels` are added, and the cache of closeness is cleared.
        """
        places = [0]
        for code in codes:
            if code not in self.ids:
                self.ids[code] = len(self.labels)
                self.labels.append(code)
                self._keys.append(self._key(code))
                self._bags.append(bag(code))
                self._near.clear()
            places.append(self.ids[code])
        return places

    def _count(self, counts: Sequence[int]) -> None:
        self.counts = list(counts)
        self.offsets = np.cumsum(self.counts, dtype=np.int64) - np.array(self.counts, np.int64)
        # positions of experts by label, computed on first use
        self._holders: list[Ints] | None = None

    def replace(self, i: int, codes: Sequence[str]) -> None:
        """Replace the codes of the expert at position `i`."""
        first = int(self.offsets[i])
        places = self._places(codes)
        after = self.flat[first + self.counts[i] :]
        self.flat = np.concatenate([self.flat[:first], places, after])
        self._count([*self.counts[:i], len(places), *self.counts[i + 1 :]])

    def _key(self, label: str) -> str:
        return " ".join(words(label)) or fold(label)

    def near(self, code: str) -> Floats:
        """Return the closeness, from 0 to 1, of a required code to each of `labels`; cached.

        `labels` are all the codes of the experts.
        """
        if code not in self._near:
            key, mine = self._key(code), bag(code)
            self._near[code] = np.array(
                [0.0] + [self._between(code, key, mine, k) for k in range(1, len(self.labels))]
            )
        return self._near[code]

    def _between(self, required: str, key: str, mine: frozenset[str], k: int) -> float:
        """Return the closeness, from 0 to 1, of a required code to the code `labels[k]`.

        `labels` are all the codes of the experts. `key` and `mine` are the normal form and the
        stems of the required code.
        """
        held = self.labels[k]
        if required == held or key == self._keys[k]:
            return 1.0
        preferred = self.taxonomy.synonyms
        if preferred.get(required, required) == preferred.get(held, held):
            return SYNONYM
        up, down = self._steps(held, required), self._steps(required, held)
        if up:
            return NARROWER**up
        if down:
            return BROADER**down
        theirs = self._bags[k]
        shared = len(mine & theirs) / max(1, len(mine | theirs))
        return WORDS * shared if shared >= 0.5 else 0.0

    def _steps(self, code: str, ancestor: str) -> int:
        """Return how many steps `ancestor` is above `code`, at most 4; 0 when it is not above.

        The code of a DAC sector begins with the code of its parent: 12220 is in 122.
        """
        if code.isdigit() and ancestor.isdigit() and len(code) == 5 and len(ancestor) == 3:
            return int(code.startswith(ancestor))
        level, visited = {code}, {code}
        for step in range(1, 5):
            level = {b for c in level for b in self.taxonomy.broader.get(c, ())} - visited
            if ancestor in level:
                return step
            if not level:
                return 0
            visited |= level
        return 0

    def coverage(self, required: Sequence[str]) -> Floats:
        """Return, per expert, how well the expert's codes cover the required ones, from 0 to 1.

        Coverage is the mean, over the required codes, of the closeness of the expert's nearest
        code; 0 when nothing is required.
        """
        if not required or not self.size:
            return np.zeros(self.size)
        total = np.zeros(self.size)
        for code in required:
            total += self._best(code)
        return total / len(required)

    def _best(self, code: str) -> Floats:
        """Return, per expert, the closeness (0 to 1) to `code` of the expert's nearest code."""
        near = self.near(code)
        if self._holders is None:
            order = np.argsort(self.flat, kind="stable")
            owner = np.repeat(np.arange(self.size), self.counts)[order]
            self._holders = np.split(owner, np.cumsum(np.bincount(self.flat))[:-1])
        best = np.zeros(self.size)
        for k in np.flatnonzero(near[: len(self._holders)]).tolist():
            who = self._holders[k]
            best[who] = np.maximum(best[who], near[k])
        return best


def bag(label: str) -> frozenset[str]:
    """Return the set of stems of the words of a label, without stop words (articles...)."""
    return frozenset(stem(word, "fr") for word in words(label) if word not in STOP)
