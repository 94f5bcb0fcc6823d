"""Describing a project, once."""

from typing import Any

from django.db import transaction

from explor.actors.organisations.models import Organisation
from explor.ground.common.actor import Actor
from explor.ground.journal.actions import amend, record

from .models import Project


@transaction.atomic
def describe_new(association: Organisation, *, by: Actor, **fields: Any) -> Project:
    """An association describes a new project."""
    project = Project.objects.create(association=association, **fields)
    record(project, "describe_new", by=by)
    return project


def describe(
    project: Project, *, by: Actor, changes: dict[str, Any], seen: int | None = None
) -> Project:
    """Change the description of a project; its published sheet follows at its next confirmation."""
    return amend(project, "describe", by=by, seen=seen, changes=changes)
