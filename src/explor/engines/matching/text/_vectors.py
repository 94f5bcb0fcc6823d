"""Conversion of texts (units) to sparse rows: BM25 weights, character n-grams, latent meaning.

A `Space` is learnt once from a collection of units (its words, how rare they are, its latent axes).
It then converts any unit or need to rows, so that a profile can be replaced without learning again.

BM25: Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009), k1 1.2, b 0.75. Latent
axes: truncated SVD of log-tf TF-IDF rows by Halko, Martinsson and Tropp (2011).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse

from explor.engines.french.small_words import STOP

from ._words import is_question, language_of, neutral, stem, words

Rows = sparse.csr_array
Floats32 = NDArray[np.float32]

K1, B = 1.2, 0.75
AXES = 300
MANY, AXES_OF_MANY = 50_000, 200  # above this number of units, fewer axes, to save memory
FEW = 100
SAMPLE = 4000  # maximum number of units from which the axes are learnt; more change them little
GRAMS = (3, 4, 5)


@dataclass(frozen=True, kw_only=True)
class Units:
    """The vectors of a list of texts of profiles: words (bm25), characters, latent meaning.

    `language` is "fr", "en" or "" (unknown); `length` is the number of words.
    """

    bm25: Rows
    chars: Rows
    latent: Floats32
    language: NDArray[np.str_]
    length: NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Queries:
    """The vectors of texts of needs; multiplied with those of `Units`, they give similarities."""

    bm25: Rows
    chars: Rows
    latent: Floats32
    language: NDArray[np.str_]


class Space:
    """The model learnt from many texts, which converts any text to vectors.

    It has the words, their rarity, their n-grams (parts of words) and the latent axes of meaning.
    """

    def __init__(self, units: Sequence[str], axes: int = AXES) -> None:
        self.ids: dict[str, int] = {}
        self.words: list[str] = []
        self.stem_ids: dict[str, int] = {}
        self._stem_of: dict[str, NDArray[np.int64]] = {
            "fr": np.zeros(0, np.int64),
            "en": np.zeros(0, np.int64),
        }
        counts, language = self.count(units)
        known = language[language != ""]
        self.main = "en" if (known == "en").sum() > (known == "fr").sum() else "fr"
        stems = self.to_stems(counts, language)
        self._learn_rarity(counts, stems)
        self._learn_grams()
        self._learn_axes(stems, axes)
        self.units = self._rows(counts, stems, language)

    def count(self, units: Sequence[str]) -> tuple[Rows, NDArray[np.str_]]:
        """Return how often each word occurs in each text (texts x words), and their languages.

        New words are added to the space. A language is "fr", "en" or "" (unknown).
        """
        columns: list[int] = []
        ends = [0]
        languages: list[str] = []
        ids = self.ids
        for unit in units:
            unit_words = words(unit)
            languages.append(language_of(unit_words))
            for word in unit_words:
                if word not in ids:
                    ids[word] = len(ids)
                    self.words.append(word)
                columns.append(ids[word])
            ends.append(len(columns))
        ones = np.ones(len(columns), dtype=np.float32)
        counts = sparse.csr_array((ones, columns, ends), shape=(len(ends) - 1, len(ids)))
        counts.sum_duplicates()
        return counts, np.array(languages, dtype=np.str_)

    def to_stems(self, counts: Rows, language: NDArray[np.str_]) -> Rows:
        """Return how often each stem occurs in each text (texts x stems), from the counts of words.

        `language` is the language of each text, which selects the stemmer.
        """
        spoken = np.where(language == "", self.main, language)
        self._stem_new_words(set(spoken.tolist()))
        row_language = np.repeat(spoken, np.diff(counts.indptr))
        columns = np.empty(counts.nnz, dtype=np.int64)
        for code in set(spoken.tolist()):
            here = row_language == code
            columns[here] = self._stem_of[code][counts.indices[here]]
        stems = sparse.csr_array(
            (counts.data.copy(), columns, counts.indptr.copy()),
            shape=(counts.shape[0], len(self.stem_ids)),
        )
        stems.sum_duplicates()
        return stems

    def _stem_new_words(self, codes: set[str]) -> None:
        for code in codes:
            known = self._stem_of[code]
            stems = [
                self.stem_ids.setdefault(stem(word, code), len(self.stem_ids))
                for word in self.words[known.size :]
            ]
            self._stem_of[code] = np.concatenate([known, np.array(stems, dtype=np.int64)])

    def _learn_rarity(self, counts: Rows, stems: Rows) -> None:
        total = counts.shape[0]
        self.mean_length = max(1.0, float(counts.sum()) / max(1, total))
        units_with = np.bincount(stems.indices, minlength=len(self.stem_ids))
        self.idf = np.log(1 + (total - units_with + 0.5) / (units_with + 0.5)).astype(np.float32)
        self.rarest = float(np.log(1 + (total + 0.5) / 0.5))
        small = {stem(word, code) for word in STOP for code in ("fr", "en")}
        self.small = np.array([s in small for s in self.stem_ids], dtype=np.bool_)

    def _learn_grams(self) -> None:
        self.gram_ids: dict[str, int] = {}
        grams = self._grams(self.words, grow=True)
        counts = np.bincount(grams.indices, minlength=len(self.gram_ids))
        self.gram_idf = np.log((1 + len(self.words)) / (1 + counts)).astype(np.float32)
        self.word_grams = _scaled(grams, self.gram_idf)
        self.gram_words = self.word_grams.T.tocsr()

    def _grams(self, listed: Sequence[str], grow: bool) -> Rows:
        """Return how often each run of 3 to 5 characters occurs in each word (words x runs).

        Stop words (articles...) have no runs. New runs are added to the space if `grow`, and
        ignored otherwise.
        """
        columns: list[int] = []
        ends = [0]
        ids = self.gram_ids
        for word in listed:
            if word not in STOP:
                marked = f"_{neutral(word)}_"
                for size in GRAMS:
                    for k in range(len(marked) - size + 1):
                        gram = marked[k : k + size]
                        column = ids.setdefault(gram, len(ids)) if grow else ids.get(gram, -1)
                        if column >= 0:
                            columns.append(column)
            ends.append(len(columns))
        ones = np.ones(len(columns), dtype=np.float32)
        rows = sparse.csr_array((ones, columns, ends), shape=(len(ends) - 1, len(ids)))
        rows.sum_duplicates()
        return rows

    def _learn_axes(self, stems: Rows, axes: int) -> None:
        weighted = self._log_tf(stems)
        draw = np.random.default_rng(0)
        total = weighted.shape[0]
        if total > SAMPLE:
            weighted = weighted[np.sort(draw.choice(total, SAMPLE, replace=False))]
        rank = min(weighted.shape)
        # With few units, axes are not meaningful: keep all of them, which is an ordinary cosine.
        axes = min(axes, AXES_OF_MANY) if total > MANY else axes
        kept = rank if rank <= FEW else min(axes, int(0.4 * rank))
        if kept < 1:
            self.axes: Floats32 = np.zeros((weighted.shape[1], 0), dtype=np.float32)
            return
        wide = min(kept + 20, *weighted.shape)
        turned = weighted.T.tocsr()
        result = weighted @ draw.standard_normal((weighted.shape[1], wide)).astype(np.float32)
        for _ in range(2):
            result = weighted @ (turned @ linalg.lu(result, permute_l=True)[0])
        narrow = turned @ _orthonormal(result)
        strength, turn = linalg.eigh(narrow.T @ narrow)
        largest = np.argsort(-strength)[:kept]
        largest = largest[strength[largest] > 1e-9 * strength.max()]
        directions = (narrow @ turn[:, largest]) / np.sqrt(strength[largest])
        self.axes = np.ascontiguousarray(directions, dtype=np.float32)

    def _log_tf(self, stems: Rows) -> Rows:
        """Return the weights of stems in texts, (1 + log count) x rarity, with rows of norm 1.

        Stop words (articles...) count as zero.
        """
        rarity = np.where(self.small, 0, self.idf)
        rarity = np.append(rarity, np.zeros(stems.shape[1] - rarity.size, dtype=np.float32))
        rows = _scaled(stems, rarity, log=True)
        return _unit_rows(rows)

    def _rows(self, counts: Rows, stems: Rows, language: NDArray[np.str_]) -> Units:
        length = np.asarray(counts.sum(axis=1)).ravel()
        rarity = np.append(
            self.idf, np.full(stems.shape[1] - self.idf.size, self.rarest, dtype=np.float32)
        )
        damp = K1 * (1 - B + B * length / self.mean_length)
        tf = stems.data
        row_damp = np.repeat(damp, np.diff(stems.indptr)).astype(np.float32)
        bm25 = sparse.csr_array(
            (rarity[stems.indices] * tf * (K1 + 1) / (tf + row_damp), stems.indices, stems.indptr),
            shape=stems.shape,
        )
        return Units(
            bm25=bm25,
            chars=self._char_rows(counts),
            latent=self._latent(stems),
            language=language,
            length=length.astype(np.int64),
        )

    def _char_rows(self, counts: Rows) -> Rows:
        """Return word weights (texts x words) that allow comparing texts by character n-grams.

        `counts` are the counts of words in texts. Multiplied by `word_grams`, each row has norm 1.
        """
        rows = sparse.csr_array(
            (1 + np.log(counts.data), counts.indices, counts.indptr), shape=counts.shape
        )
        known = self.word_grams.shape[0]
        norms = np.empty(rows.shape[0], dtype=np.float32)
        for at in range(0, rows.shape[0], 4096):
            spread = rows[at : at + 4096, :known] @ self.word_grams
            norms[at : at + 4096] = np.sqrt(np.asarray(spread.multiply(spread).sum(axis=1))).ravel()
        norms[norms == 0] = 1
        rows.data = (rows.data / np.repeat(norms, np.diff(rows.indptr))).astype(np.float32)
        return rows

    def _latent(self, stems: Rows) -> Floats32:
        rows = self._log_tf(stems)[:, : self.axes.shape[0]] @ self.axes
        norms = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
        norms[norms == 0] = 1
        return np.asarray(rows / norms, dtype=np.float32)

    def add(self, units: Sequence[str]) -> Units:
        """Return the vectors of more texts; new words count as the rarest, without n-grams."""
        counts, language = self.count(units)
        return self._rows(counts, self.to_stems(counts, language), language)

    def to_queries(self, texts: Sequence[str], spoken: NDArray[np.str_] | None = None) -> Queries:
        """Return the vectors of texts of needs; `spoken` are their languages, guessed when None.

        Stop words count only in questions; BM25 is divided by its highest possible value.
        """
        stems, language = self._queries_in(texts, spoken)
        asking = np.array([is_question(text) for text in texts], dtype=np.bool_)
        by_row = np.repeat(asking, np.diff(stems.indptr))
        known = self.small.size
        small = np.append(self.small, np.zeros(stems.shape[1] - known, dtype=np.bool_))
        idf = np.append(self.idf, np.full(stems.shape[1] - known, self.rarest, np.float32))
        weight = np.where(small[stems.indices] & ~by_row, 0, np.minimum(stems.data, 3))
        weights = sparse.csr_array((weight, stems.indices, stems.indptr), shape=stems.shape)
        best = np.asarray(_scaled(weights, idf).sum(axis=1)).ravel() * (K1 + 1)
        best[best == 0] = 1
        weights.data = (weights.data / np.repeat(best, np.diff(weights.indptr))).astype(np.float32)
        return Queries(
            bm25=weights,
            chars=self._char_query(texts),
            latent=self._latent(stems),
            language=language,
        )

    def _queries_in(
        self, texts: Sequence[str], spoken: NDArray[np.str_] | None
    ) -> tuple[Rows, NDArray[np.str_]]:
        """Return the counts of stems in each text (texts x stems), and the language of each text.

        Stems that the space does not know are ignored. `spoken` is the language of each text,
        guessed when None.
        """
        columns: list[int] = []
        ends = [0]
        languages: list[str] = []
        for i, text in enumerate(texts):
            text_words = words(text)
            language = language_of(text_words) if spoken is None else str(spoken[i])
            languages.append(language)
            places = (self.stem_ids.get(stem(word, language or self.main)) for word in text_words)
            columns += [place for place in places if place is not None]
            ends.append(len(columns))
        ones = np.ones(len(columns), dtype=np.float32)
        stems = sparse.csr_array((ones, columns, ends), shape=(len(texts), len(self.stem_ids)))
        stems.sum_duplicates()
        return stems, np.array(languages, dtype=np.str_)

    def _char_query(self, texts: Sequence[str]) -> Rows:
        """Return the similarity of each text to each known word, by characters (texts x words)."""
        flat: list[str] = []
        rows: list[int] = []
        for i, text in enumerate(texts):
            text_words = words(text)
            flat += text_words
            rows += [i] * len(text_words)
        ones = np.ones(len(flat), dtype=np.float32)
        gather = sparse.csr_array((ones, (rows, range(len(flat)))), shape=(len(texts), len(flat)))
        query = gather @ _scaled(self._grams(flat, grow=False), self.gram_idf)
        query.data = 1 + np.log(query.data / self.gram_idf[query.indices].clip(1e-6))
        query = _unit_rows(_scaled(sparse.csr_array(query), self.gram_idf))
        return sparse.csr_array(query @ self.gram_words)


def _orthonormal(columns: Floats32) -> Floats32:
    """Return an orthonormal basis of the columns, by LU then Cholesky, far faster than QR."""
    apart = linalg.lu(columns, permute_l=True)[0].astype(np.float64)
    upper = linalg.cholesky(apart.T @ apart)
    basis = linalg.solve_triangular(upper.T, apart.T, lower=True).T
    return np.asarray(basis, dtype=np.float32)


def _scaled(rows: Rows, weights: Floats32, log: bool = False) -> Rows:
    data = 1 + np.log(rows.data) if log else rows.data
    return sparse.csr_array(
        ((data * weights[rows.indices]).astype(np.float32), rows.indices, rows.indptr),
        shape=rows.shape,
    )


def _unit_rows(rows: Rows) -> Rows:
    norms = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    norms[norms == 0] = 1
    rows.data = (rows.data / np.repeat(norms, np.diff(rows.indptr))).astype(np.float32)
    return rows
