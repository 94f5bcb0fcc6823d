"""Bases of the models: a file with a state, and the mark of an act done once."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from .workflow import Workflow


class Tracked(models.Model):
    """A row that only verbs change; `version` rises at each act, so that a stale page is seen."""

    version = models.PositiveIntegerField("version", default=0, editable=False)
    created_at = models.DateTimeField("créé le", default=timezone.now, editable=False)

    class Meta:
        abstract = True


class Gated(Tracked):
    """A tracked row that goes through a workflow; the subclass declares `state` and `workflow`."""

    workflow: ClassVar[Workflow]
    state: Any
    state_since = models.DateTimeField("dans cet état depuis", default=timezone.now, editable=False)

    class Meta:
        abstract = True


class Once(models.Model):
    """A form already answered: the second of two identical sendings finds where the first led."""

    token = models.UUIDField("jeton", primary_key=True, default=uuid.uuid4)
    url = models.CharField("suite", max_length=500, blank=True)
    at = models.DateTimeField("le", default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return str(self.token)
