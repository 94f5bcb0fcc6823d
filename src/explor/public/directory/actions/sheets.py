"""Writing a sheet from its file or from an import, publishing it, withdrawing it."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from explor.actors.networks.models import Network
from explor.actors.projects.models import Project
from explor.ground.common.actor import SYSTEM, Actor
from explor.ground.journal.actions import amend, apply, record

from .. import emails, engine, queries, rules
from ..models import FormerSlug, ProjectSheet
from ..states import State


@transaction.atomic
def write_from_file(project: Project, *, by: Actor) -> ProjectSheet:
    """The sheet writes itself from the project and its missions; drafted if it did not exist."""
    sheet = engine.sheet_of_project(project)
    written = {
        **engine.columns_of(sheet),
        "content": engine.content_of(sheet),
        "missions": queries.missions_of(project),
        "sources": rules.sources_of(engine.content_of(sheet), "dossier du projet"),
        "approved_on": None,
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
    emails.to_approve(made)
    return made


@transaction.atomic
def bring_in(
    sheet: engine.Sheet, *, by: Actor, network: Network | None, source: str = "fichier importé"
) -> tuple[ProjectSheet, str]:
    """An imported sheet becomes a draft; the same title by the same carrier is the same sheet.

    Returns the row and what happened: « créée », « mise à jour » or « inchangée ».
    """
    content = engine.content_of(sheet)
    columns = {**engine.columns_of(sheet), "sources": rules.sources_of(content, source)}
    found = ProjectSheet.objects.filter(
        title=columns["title"], carrier=columns["carrier"], project=None
    ).first()
    if found and found.content == content:
        return found, "inchangée"
    if found:
        changes: dict[str, Any] = {**columns, "content": content}
        return amend(found, "bring_in", by=by, changes=changes), "mise à jour"
    return draft(sheet, by=by, network=network, source=source), "créée"


@transaction.atomic
def draft(sheet: engine.Sheet, *, by: Actor, network: Network | None, source: str) -> ProjectSheet:
    """A new draft, whatever else is there."""
    content = engine.content_of(sheet)
    columns = {**engine.columns_of(sheet), "sources": rules.sources_of(content, source)}
    made = ProjectSheet.objects.create(
        network=network, slug=free_slug(columns["title"]), content=content, **columns
    )
    record(made, "bring_in", by=by)
    return made


def publish(sheet: ProjectSheet, *, by: Actor, seen: int | None = None) -> ProjectSheet:
    """Anyone may read the sheet from now on."""
    changes = {
        "published_at": sheet.published_at or timezone.now(),
        "confirmed_on": timezone.localdate(),
        "publish_on": None,
    }
    return apply(
        sheet, "publish", by=by, seen=seen, check=rules.missing_to_publish, changes=changes
    )


def plan(
    sheet: ProjectSheet, *, by: Actor, publish_on: date, seen: int | None = None
) -> ProjectSheet:
    """The sheet publishes itself on a day."""
    return apply(
        sheet,
        "plan",
        by=by,
        seen=seen,
        check=rules.missing_to_plan,
        changes={"publish_on": publish_on},
    )


def publish_planned(today: date) -> int:
    """Publish what was planned for today or before; returns how many."""
    due = ProjectSheet.objects.filter(publish_on__lte=today).exclude(state=State.PUBLISHED)
    for sheet in due:
        publish(sheet, by=SYSTEM)
    return len(due)


def approve(sheet: ProjectSheet, *, by: Actor, seen: int | None = None) -> ProjectSheet:
    """The association says that the sheet may be published as it is."""
    approved = apply(
        sheet, "approve", by=by, seen=seen, changes={"approved_on": timezone.localdate()}
    )
    emails.approved(approved)
    return approved


def correct(
    sheet: ProjectSheet, *, by: Actor, told: engine.Sheet, seen: int | None = None
) -> ProjectSheet:
    """The network writes over what is wrong; the association validates a draft again."""
    content = engine.content_of(told)
    changed = {name for name, value in content.items() if value != sheet.content.get(name)}
    fields = {name: value for name, value in content.items() if name in changed}
    kept = {name: source for name, source in sheet.sources.items() if name in content}
    changes: dict[str, Any] = {
        **engine.columns_of(told),
        "content": content,
        "sources": kept | rules.sources_of(fields, "correction du réseau"),
    }
    if sheet.state == State.DRAFT:
        changes["approved_on"] = None
    if sheet.published_at is None and changes["title"] != sheet.title:
        changes["slug"] = free_slug(changes["title"])  # nobody knows the former address
    return amend(sheet, "correct", by=by, seen=seen, changes=changes)


def ask_correction(sheet: ProjectSheet, *, by: Actor, words: str) -> None:
    """The association tells its network what is wrong in the sheet."""
    record(sheet, "ask_correction", by=by, reason=words)
    emails.correction_asked(sheet, by=by, words=words)


def confirm(sheet: ProjectSheet, *, by: Actor, seen: int | None = None) -> ProjectSheet:
    """Someone who knows says that the sheet is still true."""
    changes = {"confirmed_on": timezone.localdate(), "reminded_on": None}
    return apply(sheet, "confirm", by=by, seen=seen, changes=changes)


def remind(today: date) -> int:
    """Once a year, ask those who know whether a sheet is still true; returns how many sheets."""
    due = queries.to_remind(today)
    for sheet in due:
        amend(sheet, "remind", by=SYSTEM, changes={"reminded_on": today})
        emails.to_confirm(sheet)
    return len(due)


def withdraw(
    sheet: ProjectSheet, *, by: Actor, reason: str, seen: int | None = None
) -> ProjectSheet:
    """The sheet leaves the directory at once; its address answers 410."""
    return apply(sheet, "withdraw", by=by, seen=seen, reason=reason)


@transaction.atomic
def rename(sheet: ProjectSheet, *, by: Actor, slug: str, seen: int | None = None) -> ProjectSheet:
    """The sheet changes address; the former one goes on leading to it."""
    former = sheet.slug
    if slug == former:
        return sheet
    renamed = amend(
        sheet, "rename", by=by, seen=seen, check=rules.slug_taken, changes={"slug": slug}
    )
    FormerSlug.objects.filter(slug=slug).delete()
    FormerSlug.objects.create(slug=former, sheet=renamed)
    return renamed


def free_slug(title: str) -> str:
    """A URL name nobody has yet."""
    root = slugify(title)[:100].strip("-") or "projet"
    taken = {
        slug
        for model in (ProjectSheet, FormerSlug)
        for slug in model.objects.filter(slug__startswith=root).values_list("slug", flat=True)
    }
    names = (f"{root}-{n + 1}" if n else root for n in range(len(taken) + 1))
    return next(name for name in names if name not in taken)
