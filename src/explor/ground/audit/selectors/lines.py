"""Queries on the entries of the journal, and the check of one entry."""

from collections.abc import Iterator

from django.db.models import OuterRef, QuerySet, Subquery, Sum

from ..models import Entry
from ..rules import ORIGIN, is_intact

# number of latest entries summed by `revision`, among which one may still be committed late
RECENT = 1000


def revision() -> int:
    """Return a number that grows with each committed entry: the sum of the last 1,000 ids.

    Transactions do not commit in the order of their ids. The last id alone would miss an entry
    committed late with a lower id; in the sum, that entry replaces a smaller id.
    """
    recent = Entry.objects.order_by("-pk").values("pk")[:RECENT]
    return recent.aggregate(sum=Sum("pk"))["sum"] or 0


def with_previous_digest(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Annotate each entry with `before`, the stored digest of the previous entry of its subject."""
    before = Entry.objects.filter(
        kind=OuterRef("kind"), subject=OuterRef("subject"), rank=OuterRef("rank") - 1
    )
    return entries.annotate(before=Subquery(before.values("digest")[:1]))


def faults_of_line(entry: Entry) -> Iterator[str]:
    """Yield French messages if an entry was altered, or if the entry before it was removed.

    The entry comes from `with_previous_digest`.
    """
    before = entry.before if entry.rank > 1 else ORIGIN  # type: ignore[attr-defined]
    if entry.previous != before:
        yield f"Ligne {entry.pk} : la ligne qui la précédait n’est plus là."
    if not is_intact(entry):
        yield f"Ligne {entry.pk} : son contenu a été changé."
