"""Queries on the journal, and the check that nobody has tampered with it."""

from collections.abc import Iterator, Sequence

from ..models import Head
from .blocks import faults_of_blocks, faults_of_waiting, last_block
from .changes import last_changes
from .heads import faults_of_heads, last_head
from .lines import revision, with_previous_digest

__all__ = [
    "last_block",
    "last_changes",
    "last_head",
    "revision",
    "verify",
    "verify_end",
    "with_previous_digest",
]

GLANCE = 500


def verify(*, since: int = 1, outside: Sequence[Head] = ()) -> Iterator[str]:
    """Yield every fault of the journal, in French; nothing when it is intact.

    A changed line no longer matches its digest. A removed entry breaks the chain of its subject. A
    removed, moved or replaced line no longer matches its block; a removed or replaced block no
    longer matches the next block. Heads (daily checkpoints) reveal that the end of the journal was
    cut off.

    Args:
        since: the number of the first block to check, when earlier blocks are known to be intact.
        outside: heads kept outside the database.
    """
    # read before the blocks, whose number may grow meanwhile
    heads = list(Head.objects.order_by("day"))
    yield from faults_of_blocks(since)
    yield from faults_of_waiting()
    yield from faults_of_heads(heads)
    yield from faults_of_heads(list(outside))


def verify_end() -> Iterator[str]:
    """Yield the faults of the last block and of at most 500 lines that are in no block yet."""
    last = last_block()
    yield from faults_of_blocks(last.number if last else 1)
    yield from faults_of_waiting(most=GLANCE, last=last)
