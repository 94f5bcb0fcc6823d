"""The length of a proof: a sample in the suite, the whole under `EXPLOR_SOAK=1` (`make soak`)."""

import os

SOAK = os.environ.get("EXPLOR_SOAK") == "1"


def length(sample: int, whole: int) -> int:
    """Return how many times to repeat a proof in this run."""
    return whole if SOAK else sample
