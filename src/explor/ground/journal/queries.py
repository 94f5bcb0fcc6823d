"""Reading the journal, and proving that nothing in it was touched."""

from collections.abc import Iterator

from .models import Entry, Head
from .rules import ORIGIN, digest_of, seal_of


def verify() -> Iterator[str]:
    """Every fault of the chain, in words; nothing when it is whole.

    A changed line shows by its digest, a removed or moved one by the digest before it, a chain cut
    at its end by the daily heads.
    """
    previous = ORIGIN
    known: dict[int, tuple[int, str]] = {}
    heads = {head.last: head for head in Head.objects.all()}
    lines = Entry.objects.order_by("pk").iterator(chunk_size=2000)
    for count, entry in enumerate(lines, start=1):
        if entry.previous != previous:
            yield f"Ligne {entry.pk} : la ligne qui la précédait n’est plus là."
        if entry.digest != digest_of(entry):
            yield f"Ligne {entry.pk} : son contenu a été changé."
        if entry.pk in heads:
            known[entry.pk] = (count, entry.digest)
        previous = entry.digest
    for last, head in heads.items():
        if head.seal != seal_of(head):
            yield f"Repère du {head.day} : il a été changé."
        elif known.get(last) != (head.count, head.digest):
            yield f"Repère du {head.day} : la chaîne ne le contient plus."
