"""Queries on heads (daily checkpoints), and the check of heads against the blocks."""

import hashlib
from collections.abc import Iterator

from ..models import Block, Entry, Head
from ..rules import blocks as rules


def last_head() -> Head | None:
    """Return the last head (daily checkpoint) that names a block; None if there is none."""
    return Head.objects.filter(block__isnull=False).order_by("day").last()


def faults_of_heads(heads: list[Head]) -> Iterator[str]:
    """Yield French messages about heads: wrong seal, changed block, or lines cut off at the end."""
    numbers = {head.block for head in heads if head.block is not None}
    blocks = {each.number: each for each in Block.objects.filter(number__in=numbers)}
    former = []
    for head in heads:
        if not rules.is_sealed_head(head):
            yield f"Repère du {head.day} : il a été changé, ou une clé inconnue l’a scellé."
        elif head.block is None:
            former.append(head)
        elif (block := blocks.get(head.block)) is None:
            yield (
                f"Repère du {head.day} : le bloc {head.block} et ses {head.count} lignes "
                "ne sont plus là, la fin du journal a été coupée."
            )
        elif (head.digest, head.count) != (rules.digest_of(block), block.last):
            yield f"Repère du {head.day} : le bloc {head.block} n’est plus le même."
    yield from _faults_of_former(former)


def _faults_of_former(heads: list[Head]) -> Iterator[str]:
    """Yield the faults of heads (daily checkpoints) older than blocks, in French."""
    heads = sorted(heads, key=lambda head: (head.last or 0, head.day))
    for head, length in zip(heads, lengths([head.last or 0 for head in heads]), strict=True):
        if (head.count, head.digest) != length:
            yield f"Repère du {head.day} : des lignes d’avant ont été retirées ou déplacées."


def lengths(ends: list[int]) -> Iterator[tuple[int, str]]:
    """Yield (number of entries, digest) for the entries up to each id of `ends` (ascending).

    The digest is the SHA-256 of the digests of all entries up to that id, in the order of ids. The
    table is read once for all ids of `ends`.
    """
    if not ends:
        return
    lines = Entry.objects.filter(pk__lte=ends[-1]).order_by("pk").values_list("pk", "digest")
    count, sum_so_far, waiting = 0, hashlib.sha256(), list(ends)
    for pk, digest in lines.iterator(chunk_size=5000):
        while waiting and waiting[0] < pk:
            waiting.pop(0)
            yield count, sum_so_far.hexdigest()
        count += 1
        sum_so_far.update(digest.encode())
    for _ in waiting:
        yield count, sum_so_far.hexdigest()
