"""Base models: a row that only verbs change, and a row that goes through a workflow."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from .table import Workflow


def number_of(letter: str, begun: datetime, pk: int) -> str:
    """Return the number of a file, with the year in which it was begun in Paris."""
    return f"{letter}-{timezone.localtime(begun):%Y}-{pk:04d}"


class VersionedModel(models.Model):
    """A row that only verbs change; `version` rises at each act, so that a stale page is noticed.

    A subclass with a `number_letter` has a file number, printed on papers and in lists:
    B-2026-0143 is the row 143 of its table, begun in 2026. The number comes from the primary key:
    it lasts, needs no lock, and may have gaps.
    """

    number_letter: ClassVar[str] = ""

    version = models.PositiveIntegerField("version", default=0, editable=False)
    created_at = models.DateTimeField("créé le", default=timezone.now, editable=False)

    class Meta:
        abstract = True

    @property
    def file_number(self) -> str:
        """Return the number of the file."""
        return number_of(self.number_letter, self.created_at, self.pk)


class WorkflowModel(VersionedModel):
    """A versioned row that goes through a workflow; the subclass declares `state`, `workflow`."""

    workflow: ClassVar[Workflow]
    state: Any
    state_since = models.DateTimeField("dans cet état depuis", default=timezone.now, editable=False)

    class Meta:
        abstract = True
