"""Queries on when rows last changed."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import Max

from ..models import Entry


def last_changes(rows: Iterable[models.Model]) -> dict[int, datetime]:
    """Return {primary key: time of the last action} for these rows of one model.

    A row without any entry in the journal is left out.
    """
    keys = {row.pk: row._meta.label_lower for row in rows}
    entries = Entry.objects.filter(kind__in=set(keys.values()), subject__in=keys)
    last = entries.order_by().values("subject").annotate(last=Max("at"))
    return dict(last.values_list("subject", "last"))
