"""The panel about the outbox on the home of the administration, and its counts by state."""

from django.http import HttpRequest

from explor.ground.ui.parts import Panel

from .models import Delivery, Message
from .selectors import bad_addresses_list, counts_by_delivery, failed_messages

SHOWN = 20  # maximum number of addresses in the panel


def panel(request: HttpRequest) -> Panel:
    """Return a panel with the addresses that bounce, and the numbers of messages waiting or failed.

    It shows at most `SHOWN` addresses. `request` is unused.
    """
    bad = bad_addresses_list()
    context = {
        "bad": bad[:SHOWN],
        "total": bad.count(),
        "waiting": Message.objects.filter(delivery=Delivery.WAITING).count(),
        "failed": failed_messages().count(),
    }
    return Panel(title="Courriels", template="mail/_panel.html", context=context)


def deliveries() -> list[tuple[str, int]]:
    """Return a (label, number of messages) pair for each delivery state."""
    counts = counts_by_delivery()
    return [(text, counts.get(value, 0)) for value, text in Delivery.choices]
