"""Database queries on searches followed by email, and on their new sheets."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import QueryDict

from explor.journey.sheets.models import ProjectSheet

from ..models import Alert
from .filters import Filters
from .results import search


def alert_of(token: str) -> Alert | None:
    """Return the alert whose personal link has this token; None once it is stopped."""
    return Alert.objects.filter(token=token).first()


def news_for(query: str, *, since: datetime) -> list[int]:
    """Return the primary keys of the sheets that match `query`, published after `since`.

    The latest comes first."""
    results = search(Filters.of(QueryDict(query)).latest(), respell=False)
    recent = ProjectSheet.objects.published().filter(published_at__gt=since)
    numbers = set(recent.values_list("pk", flat=True))
    return [pk for pk in results.slice(0, results.total) if pk in numbers]


def unconfirmed(before: datetime) -> "QuerySet[Alert]":
    """Return the alerts requested before an instant and never confirmed."""
    return Alert.objects.filter(confirmed_at=None, requested_at__lt=before)
