"""How well each expert's texts answer each need's text, in [0, 1].

Three signals are read for every unit of evidence (words by BM25, characters by n-grams, meaning
by latent axes), pooled over the units of an expert, compared with the other experts of the same
need (z-scores) and joined with fixed weights; the sum is read on fixed quantiles.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .lexicon import translated
from .vectors import AXES, Floats32, Queries, Space, Units

SIGNALS = ("words", "characters", "meaning")
WEIGHTS_SAME = (0.30, 0.35, 0.35)
# Across languages a need is put into the other one word by word: what is close in form and in
# meaning says more than the exact words, and a similarity is worth more than it shows.
WEIGHTS_OTHER = (0.25, 0.40, 0.35)
LOST = 0.6  # how much of a similarity a translation word by word keeps, about
# Units are pooled by the 4-norm: between the sum (long profiles win) and the best (one lucky line).
# A few experts do not tell a mean: each signal starts from these, worth PRIOR experts.
PRIOR = 16.0
PRIOR_MEAN = (0.06, 0.12, 0.10)
PRIOR_SPREAD = (0.09, 0.09, 0.14)
QUANTILES = (
    np.array([-6, -2, -1, 0, 0.5, 1, 2, 3, 5, 8, 15, 40, 200], dtype=np.float32),
    np.array([0, 0.05, 0.12, 0.25, 0.35, 0.45, 0.62, 0.73, 0.84, 0.91, 0.96, 0.99, 1], np.float32),
)
BATCH = 256
BLOCKS = 16  # profiles replaced since the start are put together again past this many blocks


def calibrated(fused: NDArray[np.float32]) -> NDArray[np.float32]:
    """Fused z-scores on the fixed quantiles, strictly increasing inside them."""
    return np.interp(fused, *QUANTILES).astype(np.float32)


class TextIndex:
    """The units of many experts, asked by needs. `profiles[i]` lists the units of expert i."""

    def __init__(self, profiles: Sequence[Sequence[str]], axes: int = AXES) -> None:
        self.profiles = [list(units) for units in profiles]
        flat = [unit for units in self.profiles for unit in units]
        self.space = Space(flat, axes)
        self.size = len(self.profiles)
        self.changed: set[int] = set()
        owner = np.repeat(np.arange(self.size), [len(units) for units in self.profiles])
        self.blocks: list[tuple[Units, NDArray[np.int64]]] = [(self.space.units, owner)]
        self._settle()

    def _settle(self) -> None:
        """The pooling matrices and the language of each expert, after a change of units."""
        self.pools = []
        told = np.zeros((self.size, 2))
        for units, owner in self.blocks:
            here = np.flatnonzero(owner >= 0)
            ones = np.ones(here.size, dtype=np.float32)
            shape = (self.size, owner.size)
            self.pools.append(sparse.csr_array((ones, (owner[here], here)), shape=shape))
            for column, code in enumerate(("fr", "en")):
                weight = units.length[here] * (units.language[here] == code)
                told[:, column] += np.bincount(owner[here], weight, minlength=self.size)
        self.language = np.where(
            told.sum(axis=1) == 0, "", np.where(told[:, 0] >= told[:, 1], "fr", "en")
        )

    def update(self, expert: int, units: Sequence[str]) -> None:
        """Replace the units of one expert; the space (rarity, axes) stays as learnt."""
        for _, owner in self.blocks:
            owner[owner == expert] = -1
        self.profiles[expert] = list(units)
        self.changed.add(expert)
        owners = [expert]
        if len(self.blocks) > BLOCKS:
            owners = sorted(self.changed)
            del self.blocks[1:]
        fresh = [(i, unit) for i in owners for unit in self.profiles[i]]
        added = self.space.add([unit for _, unit in fresh])
        self.blocks.append((added, np.array([i for i, _ in fresh], dtype=np.int64)))
        self._settle()

    def signals(self, queries: Queries) -> list[Floats32]:
        """Per signal, needs x experts: similarities pooled over the units of each expert."""
        count = queries.bm25.shape[0]
        totals = [np.zeros((self.size, count), dtype=np.float32) for _ in SIGNALS]
        for (units, _), pool in zip(self.blocks, self.pools, strict=True):
            for total, similar in zip(totals, _similarities(units, queries), strict=True):
                np.maximum(similar, 0, out=similar)
                for _ in range(2):
                    np.square(similar, out=similar)
                total += pool @ similar
        return [np.ascontiguousarray(np.sqrt(np.sqrt(total)).T) for total in totals]

    def fused(self, texts: Sequence[str]) -> tuple[Floats32, Floats32]:
        """Fused z-scores (needs x experts) and the z-scores of each signal, already weighted.

        An expert who writes in another language than the need is asked in that language, and
        compared with those who write in it: nobody ranks low for the language of a profile.
        """
        queries = self.space.ask(texts)
        asked = np.where(queries.language == "", self.space.main, queries.language)
        same = self.signals(queries)
        other = same
        foreign = (self.language[None, :] != asked[:, None]) & (self.language != "")[None, :]
        if foreign.any():
            told = [translated(text, code) for text, code in zip(texts, asked, strict=True)]
            other = self.signals(self.space.ask(told, np.where(asked == "fr", "en", "fr")))
        weighted = np.zeros((len(SIGNALS), len(texts), self.size), dtype=np.float32)
        for row in range(len(texts)):
            for members, signals, weights, share in (
                (~foreign[row], same, WEIGHTS_SAME, 1.0),
                (foreign[row], other, WEIGHTS_OTHER, LOST),
            ):
                if members.any():
                    for k, weight in enumerate(weights):
                        standard = _standard(signals[k][row, members], k, share)
                        weighted[k, row, members] = weight * standard
        fused: Floats32 = weighted.sum(axis=0)
        return fused, weighted

    def scores(self, texts: Sequence[str]) -> Floats32:
        """Needs x experts in [0, 1]."""
        result = np.empty((len(texts), self.size), dtype=np.float32)
        for at, batch in _batches(texts):
            result[at : at + len(batch)] = calibrated(self.fused(batch)[0])
        return result


def _similarities(units: Units, queries: Queries) -> Iterator[Floats32]:
    """Units x needs for each signal; either side may know words the other does not."""
    for rows, asked in ((units.bm25, queries.bm25), (units.chars, queries.chars)):
        width = min(rows.shape[1], asked.shape[1])
        block = np.ascontiguousarray(asked[:, :width].toarray().T)
        yield rows[:, :width] @ block if rows.shape[1] > width else rows @ block
    yield units.latent @ queries.latent.T


def _standard(scores: Floats32, signal: int, share: float) -> Floats32:
    """z-scores, the mean and the spread drawn towards the prior when experts are few."""
    count = scores.size
    prior = share * PRIOR_MEAN[signal], share * PRIOR_SPREAD[signal]
    mean = (scores.sum() + PRIOR * prior[0]) / (count + PRIOR)
    spread = ((scores - mean) ** 2).sum() + PRIOR * prior[1] ** 2
    result: Floats32 = (scores - mean) / np.sqrt(spread / (count + PRIOR))
    return result


def _batches(texts: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    for at in range(0, len(texts), BATCH):
        yield at, texts[at : at + BATCH]


def score_texts(needs: Sequence[str], experts: Sequence[str | Sequence[str]]) -> Floats32:
    """Text part alone: (n_needs, n_experts) in [0, 1], higher is better.

    An expert is one text or a list of units of evidence (lines of a profile, missions, papers).
    What is rare and what goes together is learnt from the experts given.
    """
    profiles = [[expert] if isinstance(expert, str) else list(expert) for expert in experts]
    if not needs or not profiles:
        return np.zeros((len(needs), len(profiles)), dtype=np.float32)
    return TextIndex(profiles).scores(needs)
