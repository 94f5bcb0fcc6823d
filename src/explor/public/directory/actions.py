"""Writing a sheet from its file or from an import, publishing it, withdrawing it."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from explor.actors.networks.models import Network
from explor.actors.projects.models import Project
from explor.ground.common.actor import Actor
from explor.ground.journal.actions import amend, apply, record

from . import engine, queries, rules
from .models import ProjectSheet


@transaction.atomic
def write_from_file(project: Project, *, by: Actor) -> ProjectSheet:
    """The sheet writes itself from the project and its missions; drafted if it did not exist."""
    sheet = engine.sheet_of_project(project)
    written = {
        **engine.columns_of(sheet),
        "content": engine.content_of(sheet),
        "missions": queries.missions_of(project),
    }
    found = ProjectSheet.objects.filter(project=project).first()
    if found:
        return amend(found, "write_from_file", by=by, changes=written)
    made = ProjectSheet.objects.create(
        project=project,
        network=project.association.network,
        slug=free_slug(project.title),
        **written,
    )
    record(made, "write_from_file", by=by)
    return made


@transaction.atomic
def bring_in(
    sheet: engine.Sheet, *, by: Actor, network: Network | None
) -> tuple[ProjectSheet, str]:
    """An imported sheet becomes a draft; the same title by the same carrier is the same sheet.

    Returns the row and what happened: « créée », « mise à jour » or « inchangée ».
    """
    columns, content = engine.columns_of(sheet), engine.content_of(sheet)
    found = ProjectSheet.objects.filter(
        title=columns["title"], carrier=columns["carrier"], project=None
    ).first()
    if found and found.content == content:
        return found, "inchangée"
    if found:
        changes: dict[str, Any] = {**columns, "content": content}
        return amend(found, "bring_in", by=by, changes=changes), "mise à jour"
    made = ProjectSheet.objects.create(
        network=network, slug=free_slug(columns["title"]), content=content, **columns
    )
    record(made, "bring_in", by=by)
    return made, "créée"


def publish(sheet: ProjectSheet, *, by: Actor, seen: int | None = None) -> ProjectSheet:
    """Anyone may read the sheet from now on."""
    changes = {
        "published_at": sheet.published_at or timezone.now(),
        "confirmed_on": timezone.localdate(),
    }
    return apply(
        sheet, "publish", by=by, seen=seen, check=rules.missing_to_publish, changes=changes
    )


def confirm(sheet: ProjectSheet, *, by: Actor, seen: int | None = None) -> ProjectSheet:
    """Someone who knows says that the sheet is still true."""
    return apply(sheet, "confirm", by=by, seen=seen, changes={"confirmed_on": timezone.localdate()})


def withdraw(
    sheet: ProjectSheet, *, by: Actor, reason: str, seen: int | None = None
) -> ProjectSheet:
    """The sheet leaves the directory at once; its address answers 410."""
    return apply(sheet, "withdraw", by=by, seen=seen, reason=reason)


def free_slug(title: str) -> str:
    """A URL name nobody has yet."""
    root = slugify(title)[:100].strip("-") or "projet"
    taken = set(ProjectSheet.objects.filter(slug__startswith=root).values_list("slug", flat=True))
    names = (f"{root}-{n + 1}" if n else root for n in range(len(taken) + 1))
    return next(name for name in names if name not in taken)
