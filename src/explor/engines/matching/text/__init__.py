"""Text part of the score, from 0 to 1: how well the texts of an expert match those of a need."""

from explor.engines.french.small_words import STOP

from ._semantic import EmbeddingsMissing, encoders
from ._texts import SIGNALS, TextIndex, index_of, score_texts
from ._words import as_written, fold, stem, words

__all__ = [
    "SIGNALS",
    "STOP",
    "EmbeddingsMissing",
    "TextIndex",
    "as_written",
    "encoders",
    "fold",
    "index_of",
    "score_texts",
    "stem",
    "words",
]
