"""Evidence that a profile suits a need: lines to quote, words in common, weight of each signal."""

import numpy as np

from explor.engines.matching.records import Quote
from explor.engines.matching.text import SIGNALS, STOP, TextIndex, as_written, stem, words

THIN_UNITS = 3
THIN_WORDS = 25
QUOTES = 3


class Evidence:
    """The evidence, in the profiles of experts, that each one suits the text of one need."""

    def __init__(self, index: TextIndex, text: str) -> None:
        self.index = index
        self.weighted = index.scores_and_terms(text)[1]
        self.required = {self._stem(word) for word in words(text) if word not in STOP}

    def _stem(self, word: str) -> str:
        return stem(word, self.index.space.main)

    def shares(self, i: int) -> dict[str, float]:
        """Return the share of each signal (way to compare texts) in the score of expert `i`.

        The result is by name of signal, such as "words"; the values are fractions that add up to 1.
        The dict is empty when no signal is in favour of the expert.
        """
        positive = np.maximum(self.weighted[:, i], 0)
        total = float(positive.sum())
        if total == 0:
            return {}
        return {name: float(v) / total for name, v in zip(SIGNALS, positive, strict=True)}

    def quotes(self, i: int) -> tuple[Quote, ...]:
        """Return the lines of expert `i` that share the rarest words with the need, best first.

        There are `QUOTES` lines at most, each with the words shared.
        """
        space = self.index.space
        weighted: list[tuple[float, int, Quote]] = []
        for at, line in enumerate(self.index.profiles[i]):
            matched: dict[str, str] = {}
            for written, word in as_written(line):
                if word not in STOP and self._stem(word) in self.required:
                    matched.setdefault(self._stem(word), written.lower())
            if matched:
                weight = sum(self._rarity(space.stem_ids.get(s)) for s in matched)
                weighted.append((-weight, at, Quote(line=line, words=tuple(matched.values()))))
        return tuple(quote for _, _, quote in sorted(weighted, key=lambda f: f[:2])[:QUOTES])

    def _rarity(self, column: int | None) -> float:
        idf = self.index.space.idf
        return float(idf[column]) if column is not None and column < idf.size else 0.0

    def thin(self, i: int) -> bool:
        """Return whether the profile of expert `i` is too short for a reliable text part."""
        units = self.index.profiles[i]
        return len(units) < THIN_UNITS and sum(len(unit.split()) for unit in units) < THIN_WORDS
