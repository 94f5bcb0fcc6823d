"""Abstract models: a versioned row, and one with a workflow; the file numbers of rows."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from .table import Workflow


def number_of(letter: str, begun: datetime, pk: int) -> str:
    """Return a file number such as B-2026-0143: letter, year of creation, primary key."""
    return f"{letter}-{timezone.localtime(begun):%Y}-{pk:04d}"


class VersionedModel(models.Model):
    """A row changed only by actions, which increment `version` so that stale pages are detected.

    A subclass with a `number_letter` has a file number, printed on documents and in lists:
    B-2026-0143 is the row 143 of its table, created in 2026. Built from the primary key, the number
    never changes, needs no lock, and may have gaps.
    """

    number_letter: ClassVar[str] = ""

    version = models.PositiveIntegerField("version", default=0, editable=False)
    created_at = models.DateTimeField("créé le", default=timezone.now, editable=False)

    class Meta:
        abstract = True

    @property
    def file_number(self) -> str:
        """Return the file number of the row, such as B-2026-0143."""
        return number_of(self.number_letter, self.created_at, self.pk)


class WorkflowModel(VersionedModel):
    """A versioned row with a workflow; the subclass declares `state` and `workflow`."""

    workflow: ClassVar[Workflow]
    state: Any
    state_since = models.DateTimeField("dans cet état depuis", default=timezone.now, editable=False)

    class Meta:
        abstract = True

    @property
    def state_label(self) -> str:
        """Return the French label of the state of this row; a subclass may use other words."""
        return str(self.workflow.states(self.state).label)
