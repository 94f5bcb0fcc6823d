"""Queries on the journal, and the check that nobody tampered with it."""

from collections.abc import Iterator, Sequence

from ..models import Head
from .blocks import faults_of_blocks, faults_of_waiting, last_block
from .changes import last_changes
from .heads import faults_of_heads, last_head
from .lines import revision, with_line_before

__all__ = [
    "last_block",
    "last_changes",
    "last_head",
    "revision",
    "verify",
    "verify_end",
    "with_line_before",
]

GLANCE = 500


def verify(*, since: int = 1, outside: Sequence[Head] = ()) -> Iterator[str]:
    """Yield every fault of the journal, in French; nothing when it is intact.

    The digest of a line reveals that it was changed; the next entry of the same subject, that one
    was removed; its block, that it was removed, moved or replaced; the next block, that a block
    was; the heads (daily checkpoints), that the journal was cut at its end.

    Args:
        since: the number of the first block to check, when those before are known to be intact.
        outside: heads kept outside the database.
    """
    heads = list(Head.objects.order_by("day"))  # before the blocks, which may grow meanwhile
    yield from faults_of_blocks(since)
    yield from faults_of_waiting()
    yield from faults_of_heads(heads)
    yield from faults_of_heads(list(outside))


def verify_end() -> Iterator[str]:
    """Yield the faults of the last block, and of the lines that wait for one, 500 at most."""
    last = last_block()
    yield from faults_of_blocks(last.number if last else 1)
    yield from faults_of_waiting(most=GLANCE, last=last)
