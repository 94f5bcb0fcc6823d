"""The panel about the journal on the home page of the administration."""

from django.http import HttpRequest

from explor.ground.ui.parts import Panel

from .models import Entry, Head
from .selectors import verify

GLANCE = 500  # last entries verified again each time the panel is shown


def panel(request: HttpRequest) -> Panel:
    """Return the panel with the number of journal entries and the faults among the last 500."""
    count = Entry.objects.count()
    context = {
        "count": count,
        "read": min(count, GLANCE),
        "faults": list(verify(last=GLANCE)),
        "head": Head.objects.order_by("-day").first(),
    }
    return Panel(title="Journal", template="audit/_panel.html", context=context)
