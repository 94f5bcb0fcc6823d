"""Scores in [0, 1] of how well each expert's texts match each need's text.

Three signals are computed for every text of a profile, called a unit (words by BM25, characters by
n-grams, meaning by latent axes), and embeddings when the settings of the call for projects request
them. The values of a signal for the best units of an expert are combined into one (pooled), then
compared with those of the other experts for the same need (z-scores). The signals are added with
fixed weights, and the sum is converted to [0, 1] by fixed quantiles.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from explor.engines.matching.records import Embeddings

from ._lexicon import translated
from ._pooling import Groups
from ._semantic import BLENDS, Blend, encoders
from ._vector_cache import Encoder
from ._vectors import AXES, Floats32, Queries, Space, Units
from ._words import language_of, words

LEXICAL = ("words", "characters", "meaning")
SIGNALS = (*LEXICAL, "embeddings")
# Across languages a need is translated word by word: characters and meaning are then more reliable
# than the exact words, and the similarity is underestimated.
PLAIN = Blend(short=(0.3, 0.5, 0.2), long=(0.3, 0.1, 0.6), other=(0.25, 0.4, 0.35))
SHORT, LONG = 15, 100  # number of words of a short text and of a long text
# approximate fraction of a similarity that remains after word-by-word translation
TRANSLATED_SHARE = 0.6
# With few experts the mean is unreliable: these usual values count as PRIOR more experts.
PRIOR = 16.0
USUAL = ((0.06, 0.09), (0.12, 0.09), (0.10, 0.14))
UNITS = 60  # adjacent lines of a longer profile are joined
QUANTILES = (
    np.array([-6, -2, -1, 0, 0.5, 1, 2, 3, 5, 8, 15, 40, 200], dtype=np.float32),
    np.array([0, 0.05, 0.12, 0.25, 0.35, 0.45, 0.62, 0.73, 0.84, 0.91, 0.96, 0.99, 1], np.float32),
)
BATCH = 256
BLOCKS = 16  # maximum number of blocks of replaced profiles before they are merged


def calibrated(fused: NDArray[np.float32]) -> NDArray[np.float32]:
    """Convert sums of z-scores to scores from 0 to 1, by interpolation between fixed quantiles."""
    return np.interp(fused, *QUANTILES).astype(np.float32)


@dataclass(frozen=True, kw_only=True)
class Block:
    """Texts of profiles indexed together, one row for each text (called a unit).

    `owner[k]` is the position of the expert of row k; it is -1 once this text is replaced. `dense`
    holds the vectors of the texts, for each encoder.
    """

    units: Units
    owner: NDArray[np.int64]
    dense: tuple[Floats32, ...]


class TextIndex:
    """An index of the profiles of experts; `profiles[i]` lists the texts (units) of expert i.

    `encoders` and the weights `blend` come from `_semantic`; without encoders the index compares
    words, characters and latent meaning only.
    """

    def __init__(
        self,
        profiles: Sequence[Sequence[str]],
        axes: int = AXES,
        encoders: Sequence[Encoder] = (),
        blend: Blend = PLAIN,
    ) -> None:
        self.profiles = [list(units) for units in profiles]
        self.encoders, self.blend = tuple(encoders), blend
        self.usual = (*USUAL, *(encoder.usual for encoder in self.encoders))
        rows = [joined_units(units) for units in self.profiles]
        # Learnt from sorted texts, so that the order of experts does not change scores.
        order = sorted(range(len(rows)), key=rows.__getitem__)
        flat = [unit for i in order for unit in rows[i]]
        self.space = Space(flat, axes)
        self.size = len(self.profiles)
        self.changed: set[int] = set()
        owner = np.repeat(np.array(order, dtype=np.int64), [len(rows[i]) for i in order])
        self.blocks = [Block(units=self.space.units, owner=owner, dense=self._embedded(flat))]
        self._settle()

    def _embedded(self, units: Sequence[str], asking: bool = False) -> tuple[Floats32, ...]:
        if not units:
            return tuple(np.zeros((0, 0), dtype=np.float32) for _ in self.encoders)
        return tuple(encoder.encode(units, asking=asking) for encoder in self.encoders)

    def _settle(self) -> None:
        """Update, after a change, each expert's rows in the index and each profile's language."""
        self._last: tuple[str, tuple[Floats32, Floats32]] | None = None
        self.groups = []
        lengths = np.zeros((self.size, 2))
        for block in self.blocks:
            self.groups.append(Groups.of(block.owner))
            here = np.flatnonzero(block.owner >= 0)
            for column, code in enumerate(("fr", "en")):
                weight = block.units.length[here] * (block.units.language[here] == code)
                lengths[:, column] += np.bincount(block.owner[here], weight, minlength=self.size)
        self.language = np.where(
            lengths.sum(axis=1) == 0, "", np.where(lengths[:, 0] >= lengths[:, 1], "fr", "en")
        )

    def update(self, expert: int, units: Sequence[str]) -> None:
        """Replace the texts of the profile of the expert at this position.

        The rarity of words and the axes of meaning are not recomputed.
        """
        for block in self.blocks:
            block.owner[block.owner == expert] = -1
        self.profiles[expert] = list(units)
        self.changed.add(expert)
        owners = [expert]
        if len(self.blocks) > BLOCKS:
            owners = sorted(self.changed)
            del self.blocks[1:]
        owned = [(i, unit) for i in owners for unit in joined_units(self.profiles[i])]
        lines = [unit for _, unit in owned]
        owner = np.array([i for i, _ in owned], dtype=np.int64)
        added = self.space.add(lines)
        self.blocks.append(Block(units=added, owner=owner, dense=self._embedded(lines)))
        self._settle()

    def signals(self, queries: Queries) -> list[Floats32]:
        """Return the similarities of experts to needs by words, by characters and by meaning.

        Each of the three arrays has the shape needs x experts, and is computed from the three best
        texts of each expert.
        """
        count = queries.bm25.shape[0]
        totals = [np.zeros((count, self.size), dtype=np.float32) for _ in LEXICAL]
        for block, groups in zip(self.blocks, self.groups, strict=True):
            for total, similar in zip(totals, _similarities(block.units, queries), strict=True):
                total[:, groups.expert] = groups.norm(similar).T
        return totals

    def semantic_scores(self, texts: Sequence[str]) -> list[Floats32]:
        """Return, per encoder, the similarity of meaning of each expert to each text.

        Each array has the shape len(texts) x experts and contains the mean cosine of the three
        texts of the expert closest to the text. Callers give one text per need.
        """
        query_vectors = self._embedded(texts, asking=True)
        totals = [np.zeros((len(texts), self.size), dtype=np.float32) for _ in query_vectors]
        for block, groups in zip(self.blocks, self.groups, strict=True):
            for total, rows, vectors in zip(totals, block.dense, query_vectors, strict=True):
                if rows.size:
                    total[:, groups.expert] = groups.mean(rows @ vectors.T).T
        return totals

    def fused(self, texts: Sequence[str]) -> tuple[Floats32, Floats32]:
        """Return how well each expert suits each need: weighted sums of z-scores, and their terms.

        `texts` are the texts of the needs. A z-score compares an expert with the others. The sums
        have the shape needs x experts, the terms the shape signals x needs x experts, where signals
        are the ways to compare texts. For fairness, an expert whose profile is in another language
        than the need is compared with a translation of the need, and with the experts of the same
        language, so that no language lowers a rank.
        """
        languages = [language_of(words(text)) for text in texts]
        in_language = np.array([code or self.space.main for code in languages])
        foreign = (self.language[None, :] != in_language[:, None]) & (self.language != "")[None, :]
        same, other = self._queries_in(texts, in_language, bool(foreign.any()))
        dense = self.semantic_scores(texts)
        weighted = np.zeros((len(SIGNALS), len(texts), self.size), dtype=np.float32)
        for row, text in enumerate(texts):
            weights_same = self.blend.same(self._length(text))
            for members, signals, weights, share in (
                (~foreign[row], same, weights_same, 1.0),
                (foreign[row], other, self.blend.other, TRANSLATED_SHARE),
            ):
                if members.any():
                    values = [signal[row, members] for signal in (*signals, *dense)]
                    weighted[:, row, members] = self._weighed(values, weights, share)
        fused: Floats32 = weighted.sum(axis=0)
        return fused, weighted

    def _length(self, text: str) -> float:
        """Return the length of the texts compared, from 0 (few words) to 1 (many words).

        It is the length of the shorter of the need `text` and the mean text of profiles, on a log
        scale from `SHORT` to `LONG` words.
        """
        shorter = min(len(words(text)), self.space.mean_length)
        return float(np.interp(np.log(max(1, shorter)), np.log((SHORT, LONG)), (0, 1)))

    def scores_and_terms(self, text: str) -> tuple[Floats32, Floats32]:
        """Return the text part (0 to 1) of each expert's score for a need, and its terms.

        The terms are an array of signals (ways to compare texts) x experts. The result for the last
        need is cached, since a shortlist uses it to rank, then to explain.
        """
        last = self._last
        if last is None or last[0] != text:
            fused, weighted = self.fused([text])
            last = self._last = text, (calibrated(fused[0]), weighted[:, 0])
        return last[1]

    def _queries_in(
        self, texts: Sequence[str], spoken: NDArray[np.str_], both: bool
    ) -> tuple[list[Floats32], list[Floats32]]:
        """Return the result of `signals` for the texts, and for their translations.

        If `both` is False, nothing is translated and the first result is returned twice. `spoken`
        is the language of each text. For performance both are computed in one pass over the
        profiles.
        """
        if not both:
            signals = self.signals(self.space.to_queries(texts, spoken))
            return signals, signals
        translations = [translated(text, code) for text, code in zip(texts, spoken, strict=True)]
        languages = np.concatenate([spoken, np.where(spoken == "fr", "en", "fr")])
        signals = self.signals(self.space.to_queries([*texts, *translations], languages))
        return [s[: len(texts)] for s in signals], [s[len(texts) :] for s in signals]

    def _weighed(
        self, values: Sequence[Floats32], weights: Sequence[float], share: float
    ) -> Floats32:
        """Return the weighted z-scores of experts (signals x experts), one signal for all encoders.

        `values` are the similarities and `weights` the weights of each lexical signal (words,
        characters, meaning), then of each encoder. `share` is the part of a lexical similarity that
        remains between the languages of the two texts: 1 in one language, `TRANSLATED_SHARE` across
        two. It scales the usual mean and spread of the lexical signals, not those of the encoders.
        """
        weighed = np.zeros((len(SIGNALS), values[0].size), dtype=np.float32)
        for k, (scores, weight) in enumerate(zip(values, weights, strict=True)):
            if weight:
                lexical = k < len(LEXICAL)
                mean, spread = self.usual[k]
                usual = (share * mean, share * spread) if lexical else (mean, spread)
                weighed[min(k, len(LEXICAL))] += weight * _standard(scores, usual)
        return weighed

    def scores(self, texts: Sequence[str]) -> Floats32:
        """Return the text part of the scores of experts for needs, from 0 to 1 (needs x experts).

        `texts` are the texts of the needs.
        """
        scores = np.empty((len(texts), self.size), dtype=np.float32)
        for at, batch in _batches(texts):
            scores[at : at + len(batch)] = calibrated(self.fused(batch)[0])
        return scores


def _similarities(units: Units, queries: Queries) -> Iterator[Floats32]:
    """Yield, for words, characters and meaning, the similarities of texts to needs (units x needs).

    Texts and needs may have been indexed with different numbers of words; only common words count.
    """
    for rows, query_vectors in ((units.bm25, queries.bm25), (units.chars, queries.chars)):
        width = min(rows.shape[1], query_vectors.shape[1])
        block = np.ascontiguousarray(query_vectors[:, :width].toarray().T)
        yield rows[:, :width] @ block if rows.shape[1] > width else rows @ block
    yield units.latent @ queries.latent.T


def _standard(scores: Floats32, usual: tuple[float, float]) -> Floats32:
    """Return the z-scores of similarities: how far each expert is above or below the others.

    `usual` is the mean and spread between texts with little in common: the fewer the experts, the
    more these usual values count.
    """
    count = scores.size
    mean = (scores.sum(dtype=np.float64) + PRIOR * usual[0]) / (count + PRIOR)
    spread = ((scores - mean) ** 2).sum(dtype=np.float64) + PRIOR * usual[1] ** 2
    return np.asarray((scores - mean) / np.sqrt(spread / (count + PRIOR)), dtype=np.float32)


def joined_units(units: Sequence[str]) -> list[str]:
    """Return the texts of a profile, at most `UNITS`, by joining adjacent ones of a longer profile.

    No text is lost.
    """
    if len(units) <= UNITS:
        return list(units)
    cuts = [len(units) * k // UNITS for k in range(UNITS + 1)]
    return ["\n".join(units[a:b]) for a, b in pairwise(cuts)]


def _batches(texts: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    for at in range(0, len(texts), BATCH):
        yield at, texts[at : at + BATCH]


def score_texts(
    needs: Sequence[str],
    experts: Sequence[str | Sequence[str]],
    embeddings: Embeddings = "none",
    cache: Path | None = None,
) -> Floats32:
    """Return how well each expert's texts match each need's text, from 0 to 1 (needs x experts).

    The result is the text part of the scores. An expert is one text or a list of texts. The rarity
    of words, and which ones go together, are learnt from these experts. `embeddings` other than
    "none" needs the extra `semantic` (raises EmbeddingsMissing); `cache` is a folder for vectors.
    """
    profiles = [[expert] if isinstance(expert, str) else list(expert) for expert in experts]
    if not needs or not profiles:
        return np.zeros((len(needs), len(profiles)), dtype=np.float32)
    return index_of(profiles, embeddings, cache).scores(needs)


def index_of(
    profiles: Sequence[Sequence[str]], embeddings: Embeddings, cache: Path | None
) -> TextIndex:
    """Build the index of profiles (each a list of texts), with embeddings if requested.

    Raises EmbeddingsMissing when the packages of the embeddings are not installed.
    """
    blend = BLENDS.get(embeddings, PLAIN)
    return TextIndex(profiles, encoders=encoders(embeddings, cache), blend=blend)
