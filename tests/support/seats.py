"""Check of the count of taken seats, kept on each need by the actions on proposals."""

from django.db.models import Count, F, Q

from explor.journey.needs.models import Need
from explor.journey.proposals.states import HOLDING


def miscounted_needs() -> list[Need]:
    """Return the needs whose stored count of taken seats differs from their proposals."""
    held = Count("proposals", filter=Q(proposals__state__in=HOLDING), distinct=True)
    return list(Need.objects.annotate(held=held).exclude(held=F("taken_seats")).order_by("pk"))
