"""Cache of vectors by the digest of their text: in memory, and in a folder when one is given."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats32 = NDArray[np.float32]

KEPT = 20_000  # maximum vectors in memory, about 40 MB
FILE = "plongements.sqlite3"
TABLE = "CREATE TABLE IF NOT EXISTS vectors (digest BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID"
PATIENCE = 30  # seconds to wait for another process that is writing


class Encoder(Protocol):
    """Converter of texts to vectors of norm 1, such that similar texts have close vectors.

    `asking` is true for a need, false for a line of a profile. `usual` is the mean and the spread
    of the cosines between texts with little in common, used when experts are few.
    """

    name: str
    usual: tuple[float, float]

    def encode(self, texts: Sequence[str], *, asking: bool) -> Floats32: ...


class Cached:
    """An encoder that stores its vectors, so that each text is converted once.

    For privacy it stores the digests of the texts, never the texts.
    """

    def __init__(self, encoder: Encoder, folder: Path | None = None) -> None:
        self.encoder = encoder
        self.name = encoder.name
        self.usual = encoder.usual
        self.folder = folder
        self._memory: dict[bytes, Floats32] = {}

    def encode(self, texts: Sequence[str], *, asking: bool) -> Floats32:
        """Return the vectors of the texts, in order; known texts are read from the cache.

        `asking` is true for texts of needs, false for lines of profiles.
        """
        keys = [self._digest(text, asking) for text in texts]
        known = {key: self._memory[key] for key in keys if key in self._memory}
        if self.folder is not None:
            known |= self._read([key for key in dict.fromkeys(keys) if key not in known])
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            rows = self.encoder.encode(list(missing.values()), asking=asking)
            vectors = dict(zip(missing, rows, strict=True))
            known |= vectors
            if self.folder is not None:
                self._write(vectors)
        self._keep(known)
        return np.array([known[key] for key in keys], dtype=np.float32)

    def _digest(self, text: str, asking: bool) -> bytes:
        content = f"{self.name}\0{asking:d}\0{text}".encode("utf-8", "surrogatepass")
        return blake2b(content, digest_size=16).digest()

    def _keep(self, known: dict[bytes, Floats32]) -> None:
        """Store vectors by digest in memory, then remove the oldest ones above `KEPT`."""
        self._memory |= known
        for key in list(self._memory)[: max(0, len(self._memory) - KEPT)]:
            del self._memory[key]

    def _open(self) -> sqlite3.Connection:
        assert self.folder is not None
        self.folder.mkdir(parents=True, exist_ok=True)
        base = sqlite3.connect(self.folder / FILE, timeout=PATIENCE)
        base.execute(TABLE)
        return base

    def _read(self, keys: Sequence[bytes]) -> dict[bytes, Floats32]:
        with closing(self._open()) as base:
            ask = "SELECT vector FROM vectors WHERE digest = ?"
            rows = ((key, base.execute(ask, (key,)).fetchone()) for key in keys)
            return {key: np.frombuffer(row[0], dtype="<f4") for key, row in rows if row}

    def _write(self, vectors: dict[bytes, Floats32]) -> None:
        with closing(self._open()) as base, base:
            base.executemany(
                "INSERT OR IGNORE INTO vectors VALUES (?, ?)",
                [(key, row.astype("<f4").tobytes()) for key, row in vectors.items()],
            )
