"""Actions on projects: create and edit."""

from typing import Any

from django.db import transaction

from explor.actors.organisations.models import Organisation
from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor

from .models import Project


@transaction.atomic
def describe_new(association: Organisation, *, by: Actor, **fields: Any) -> Project:
    """Create a project for an association from the values of its fields."""
    project = Project.objects.create(association=association, **fields)
    audit.log(project, "describe_new", by=by)
    return project


def describe(
    project: Project, *, by: Actor, changes: dict[str, Any], expected_version: int | None = None
) -> Project:
    """Change fields of a project; its published sheet changes only when it is next confirmed.

    Args:
        changes: the new values, by field name.

    Raises:
        EditConflict: the project changed since `expected_version`.
    """
    return audit.update(
        project, "describe", by=by, expected_version=expected_version, changes=changes
    )
