"""Reads of project sheets: those that wait for someone, and what other capabilities count."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from explor.actors.projects.models import Project
from explor.ground.http.actor import Actor
from explor.ground.ui import hooks

from ..models import ProjectSheet
from ..states import State

CONFIRMED_FOR = timedelta(days=365)  # after which someone is asked to confirm again
BETWEEN_REMINDERS = timedelta(days=30)
COUNTED_COLUMNS = ("network", "year", "countries", "sectors", "sdgs")

hooks.define("sheet:missions", "callable(project) -> list[dict]: public facts of its missions")


def sheet_of_project(project: Project | int) -> ProjectSheet | None:
    """Return the sheet of a project, given as a row or a key, whatever its state."""
    return ProjectSheet.objects.filter(project=project).first()


def missions_of(project: Project) -> list[dict[str, Any]]:
    """Return the public facts of the missions of a project, as registered on the hook."""
    return [fact for facts_of in hooks.get("sheet:missions") for fact in facts_of(project)]


def search(actor: Actor, *, q: str, state: str) -> QuerySet[ProjectSheet]:
    """Return the sheets of the actor's network in a state, with all the words in their title."""
    own = ProjectSheet.objects.owned_by(actor)
    if state:
        own = own.filter(state=state)
    for word in q.split():
        own = own.filter(title__unaccent__icontains=word)
    return own.order_by("state", "-pk")


def due_for_reminder(today: date) -> QuerySet[ProjectSheet]:
    """Return the published sheets not confirmed for a year nor reminded in the last month."""
    outdated = Q(confirmed_on=None) | Q(confirmed_on__lt=today - CONFIRMED_FOR)
    not_reminded = Q(reminded_on=None) | Q(reminded_on__lt=today - BETWEEN_REMINDERS)
    due = ProjectSheet.objects.published().filter(outdated, not_reminded)
    return due.select_related("network", "project__association").order_by("pk")


def due_for_publication(today: date) -> QuerySet[ProjectSheet]:
    """Return the sheets planned for today or before that are not published."""
    return ProjectSheet.objects.filter(publish_on__lte=today).exclude(state=State.PUBLISHED)


def waiting_for_association(association: int | None) -> QuerySet[ProjectSheet]:
    """Return the drafts that an association has to validate and the sheets it has to confirm."""
    to_validate = Q(state=State.DRAFT, approved_on=None)
    to_confirm = Q(state=State.PUBLISHED, reminded_on__isnull=False)
    own = ProjectSheet.objects.filter(project__association=association)
    return own.filter(to_validate | to_confirm).order_by("pk")


def ready_to_publish(network: int | None) -> QuerySet[ProjectSheet]:
    """Return the drafts of a network that their association validated and nobody planned."""
    ready = ProjectSheet.objects.filter(
        network=network, state=State.DRAFT, approved_on__isnull=False, publish_on=None
    )
    return ready.order_by("pk")


def counted() -> Iterator[tuple[Any, ...]]:
    """Yield the counted columns of each published sheet, in constant memory."""
    published = ProjectSheet.objects.published().order_by().values_list(*COUNTED_COLUMNS)
    return published.iterator(chunk_size=5000)


def versions_of(sheet: ProjectSheet) -> QuerySet[Any]:
    """Return every recorded version of a sheet, oldest first."""
    # `pghistory.track` makes this relation, which the type checker does not know.
    return sheet.versions.order_by("pgh_id")  # type: ignore[attr-defined, no-any-return]
