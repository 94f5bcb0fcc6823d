"""The journal, as the administration reads it."""

from django.http import HttpRequest

from explor.ground.ui.parts import Panel

from .models import Entry, Head
from .selectors import verify

GLANCE = 500  # lines that the administration reads again at each visit


def panel(request: HttpRequest) -> Panel:
    """Return the panel that says how long the journal is, and whether its end is intact."""
    count = Entry.objects.count()
    context = {
        "count": count,
        "read": min(count, GLANCE),
        "faults": list(verify(last=GLANCE)),
        "head": Head.objects.order_by("-day").first(),
    }
    return Panel(title="Journal", template="audit/_panel.html", context=context)
