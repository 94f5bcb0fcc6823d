"""Read the journal, and prove that nothing in it was changed."""

import hashlib
from collections.abc import Iterator

from django.db.models import OuterRef, QuerySet, Subquery, Sum

from .models import Entry, Head
from .rules import ORIGIN, digest_of, seal_of

RECENT = 1000  # lines among which one may still appear late, see `revision`


def revision() -> int:
    """Return a number that rises whenever a line becomes visible: the sum of the last ids.

    Transactions do not commit in the order of their ids. The last id alone would miss a line that
    appears below it; such a line takes the place of a smaller id in the sum.
    """
    recent = Entry.objects.order_by("-pk").values("pk")[:RECENT]
    return recent.aggregate(sum=Sum("pk"))["sum"] or 0


def with_line_before(lines: QuerySet[Entry]) -> QuerySet[Entry]:
    """Add `before` to each line: the present digest of the line before it in its file."""
    before = Entry.objects.filter(
        kind=OuterRef("kind"), subject=OuterRef("subject"), rank=OuterRef("rank") - 1
    )
    return lines.annotate(before=Subquery(before.values("digest")[:1]))


def verify(*, last: int | None = None) -> Iterator[str]:
    """Yield every fault of the journal, in French; nothing when it is intact.

    A changed line shows by its digest; a removed or moved one by the line after it in its file; a
    file removed, or cut at its end, by the daily heads.

    Args:
        last: read only that many lines at the end, without the heads.
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
        if entry.digest != digest_of(entry):
            yield f"Ligne {entry.pk} : son contenu a été changé."


def _faults_of_heads() -> Iterator[str]:
    heads = list(Head.objects.order_by("last", "day"))
    for head, (count, digest) in zip(heads, lengths([head.last for head in heads]), strict=True):
        if head.seal != seal_of(head):
            yield f"Repère du {head.day} : il a été changé."
        elif (head.count, head.digest) != (count, digest):
            yield f"Repère du {head.day} : des lignes d’avant ont été retirées ou déplacées."


def lengths(ends: list[int]) -> Iterator[tuple[int, str]]:
    """Yield, for each id of `ends` (ascending), the count of lines up to it and their digest.

    The digest is the SHA-256 of the digests of all lines up to that id, in the order of ids; one
    pass over the table serves every end.
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
