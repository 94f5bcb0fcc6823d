"""Reading the journal, and proving that nothing in it was touched."""

from collections.abc import Iterator

from django.http import HttpRequest

from explor.ground.common.parts import Panel

from .models import Entry, Head
from .rules import ORIGIN, digest_of, seal_of

GLANCE = 500  # lines that the administration reads again at each visit


def verify(*, last: int | None = None) -> Iterator[str]:
    """Every fault of the chain, in words; nothing when it is whole.

    A changed line shows by its digest, a removed or moved one by the digest before it, a chain cut
    at its end by the daily heads. With `last`, only that many lines at the end are read, without
    the heads.
    """
    lines = Entry.objects.order_by("pk")
    before = list(Entry.objects.order_by("-pk")[last : last + 1]) if last else []
    if before:
        lines = lines.filter(pk__gt=before[0].pk)
    previous = before[0].digest if before else ORIGIN
    known: dict[int, tuple[int, str]] = {}
    heads = {} if last else {head.last: head for head in Head.objects.all()}
    for count, entry in enumerate(lines.iterator(chunk_size=2000), start=1):
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


def panel(request: HttpRequest) -> Panel:
    """For the administration: how long the chain is, and whether its end holds."""
    count = Entry.objects.count()
    context = {
        "count": count,
        "read": min(count, GLANCE),
        "faults": list(verify(last=GLANCE)),
        "head": Head.objects.order_by("-day").first(),
    }
    return Panel(title="Journal", template="journal/_panel.html", context=context)
