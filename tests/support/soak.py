"""The length of a long test: a sample in the suite, complete under `EXPLOR_SOAK=1` (`make soak`).

`EXPLOR_SOAK_SIZE=0.1` runs a tenth of the complete test, for a slow machine.
"""

import os

SOAK = os.environ.get("EXPLOR_SOAK") == "1"
SIZE = float(os.environ.get("EXPLOR_SOAK_SIZE") or 1)


def length(sample: int, whole: int) -> int:
    """Return how many times a long test repeats its check in this run."""
    return max(sample, round(whole * SIZE)) if SOAK else sample
