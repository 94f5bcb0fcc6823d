"""The panel about the journal on the home page of the administration."""

from django.http import HttpRequest

from explor.ground.ui.parts import Panel

from .models import Entry
from .selectors import last_block, last_head, verify_end


def panel(request: HttpRequest) -> Panel:
    """Return a panel with the number of journal entries, the last head and recent faults.

    `request` is unused.
    """
    context = {
        "count": Entry.objects.count(),
        "block": last_block(),
        "faults": list(verify_end()),
        "head": last_head(),
    }
    return Panel(title="Journal", template="audit/_panel.html", context=context)
