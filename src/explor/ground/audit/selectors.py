"""Queries on the journal, and the check that nobody tampered with it."""

import hashlib
from collections.abc import Iterator

from django.db.models import OuterRef, QuerySet, Subquery, Sum

from .models import Entry, Head
from .rules import ORIGIN, is_intact, seal_of

RECENT = 1000  # last entries, among which a late commit may still add one, see `revision`


def revision() -> int:
    """Return a number that rises whenever an entry becomes visible: the sum of the last 1,000 ids.

    Transactions do not commit in the order of their ids. The last id alone would miss an entry that
    becomes visible below it; in the sum, that entry replaces a smaller id.
    """
    recent = Entry.objects.order_by("-pk").values("pk")[:RECENT]
    return recent.aggregate(sum=Sum("pk"))["sum"] or 0


def with_line_before(lines: QuerySet[Entry]) -> QuerySet[Entry]:
    """Annotate each entry with `before`, the stored digest of the previous entry of its subject."""
    before = Entry.objects.filter(
        kind=OuterRef("kind"), subject=OuterRef("subject"), rank=OuterRef("rank") - 1
    )
    return lines.annotate(before=Subquery(before.values("digest")[:1]))


def verify(*, last: int | None = None) -> Iterator[str]:
    """Yield every fault of the journal, in French; nothing when it is intact.

    The digest of an entry reveals that it was changed; the next entry of the same subject, that it
    was removed or moved; the heads (daily checkpoints), that a chain was deleted whole or cut at
    its end.

    Args:
        last: check only this number of entries at the end, and no head.
    """
    lines = with_line_before(Entry.objects.order_by("pk"))
    if last:
        first = list(Entry.objects.order_by("-pk").values_list("pk", flat=True)[last - 1 : last])
        yield from _faults_of_lines(lines.filter(pk__gte=first[0]) if first else lines)
        return
    yield from _faults_of_lines(lines)
    yield from _faults_of_heads()


def _faults_of_lines(lines: QuerySet[Entry]) -> Iterator[str]:
    for entry in lines.iterator(chunk_size=2000):
        before = entry.before if entry.rank > 1 else ORIGIN  # type: ignore[attr-defined]
        if entry.previous != before:
            yield f"Ligne {entry.pk} : la ligne qui la précédait n’est plus là."
        if not is_intact(entry):
            yield f"Ligne {entry.pk} : son contenu a été changé."


def _faults_of_heads() -> Iterator[str]:
    heads = list(Head.objects.order_by("last", "day"))
    for head, (count, digest) in zip(heads, lengths([head.last for head in heads]), strict=True):
        if head.seal != seal_of(head):
            yield f"Repère du {head.day} : il a été changé."
        elif (head.count, head.digest) != (count, digest):
            yield f"Repère du {head.day} : des lignes d’avant ont été retirées ou déplacées."


def lengths(ends: list[int]) -> Iterator[tuple[int, str]]:
    """Yield, for each id of `ends` (ascending), the count of entries up to it and their digest.

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
