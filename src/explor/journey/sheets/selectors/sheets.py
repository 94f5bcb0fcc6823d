"""Database queries on project sheets: by project, search, tasks, jobs, versions and counts."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from explor.actors.projects.models import Project
from explor.ground.http.actor import Actor
from explor.ground.ui import hooks
from explor.ground.ui.words import each_word_of

from ..models import ProjectSheet
from ..states import State

CONFIRMED_FOR = timedelta(days=365)  # age of a confirmation after which another is requested
BETWEEN_REMINDERS = timedelta(days=30)
COUNTED_COLUMNS = ("network", "year", "countries", "sectors", "sdgs")

hooks.define("sheet:missions", "callable(project) -> list[dict]: public facts of its missions")


def sheet_of_project(project: Project | int) -> ProjectSheet | None:
    """Return the sheet of a project (row or primary key), in any state, None without any."""
    return ProjectSheet.objects.filter(project=project).first()


def missions_of(project: Project) -> list[dict[str, Any]]:
    """Return the public facts of a project's missions, one dict per mission.

    The facts come from the functions registered with the hook "sheet:missions".
    """
    return [fact for facts_of in hooks.get("sheet:missions") for fact in facts_of(project)]


def search(actor: Actor, *, q: str, state: str) -> QuerySet[ProjectSheet]:
    """Return the actor's own sheets whose title contains all the words of `q`, drafts first.

    Args:
        state: value of a state, "" for all.
    """
    own = ProjectSheet.objects.owned_by(actor)
    if state:
        own = own.filter(state=state)
    own = own.filter(each_word_of(q, "title"))
    return own.order_by("state", "-pk")


def due_for_reminder(today: date) -> QuerySet[ProjectSheet]:
    """Return the published sheets not confirmed for a year and not reminded for a month."""
    outdated = Q(confirmed_on=None) | Q(confirmed_on__lt=today - CONFIRMED_FOR)
    not_reminded = Q(reminded_on=None) | Q(reminded_on__lt=today - BETWEEN_REMINDERS)
    due = ProjectSheet.objects.published().filter(outdated, not_reminded)
    return due.select_related("network", "project__association").order_by("pk")


def due_for_publication(today: date) -> QuerySet[ProjectSheet]:
    """Return the validated sheets, not published, whose planned day of publication has come.

    A sheet without project has no association to validate it.
    """
    validated = Q(project=None) | Q(approved_on__isnull=False)
    due = ProjectSheet.objects.filter(validated, publish_on__lte=today)
    return due.exclude(state=State.PUBLISHED).order_by("pk")


def waiting_for_association(association: int | None) -> QuerySet[ProjectSheet]:
    """Return the drafts that an association has to validate, and the sheets it has to confirm.

    A published sheet is to confirm from the yearly reminder on.
    """
    to_validate = Q(state=State.DRAFT, approved_on=None)
    to_confirm = Q(state=State.PUBLISHED, reminded_on__isnull=False)
    own = ProjectSheet.objects.filter(project__association=association)
    return own.filter(to_validate | to_confirm).order_by("pk")


def ready_to_publish(network: int | None) -> QuerySet[ProjectSheet]:
    """Return a network's drafts validated by their association and not planned for publication."""
    ready = ProjectSheet.objects.filter(
        network=network, state=State.DRAFT, approved_on__isnull=False, publish_on=None
    )
    return ready.order_by("pk")


def counted() -> Iterator[tuple[Any, ...]]:
    """Yield (network, year, countries, sectors, sdgs) for each published sheet, in constant memory.

    `sdgs` are numbers of Sustainable Development Goals; countries and sectors are codes.
    """
    published = ProjectSheet.objects.published().order_by().values_list(*COUNTED_COLUMNS)
    return published.iterator(chunk_size=5000)


def versions_of(sheet: ProjectSheet) -> QuerySet[Any]:
    """Return every version of a sheet, the latest first."""
    # `pghistory.track` creates this relation, unknown to the type checker.
    return sheet.versions.order_by("-pgh_id")  # type: ignore[attr-defined, no-any-return]
