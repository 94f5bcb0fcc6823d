"""Actions on project sheets and on their photographs."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from explor.actors.projects.models import Project
from explor.ground.audit import actions as audit
from explor.ground.files import actions as documents
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.sanitize import SanitizedPhoto
from explor.ground.workflow.apart import each_apart
from explor.journey.reports.models import Report

from .. import emails, engine, rules, selectors
from ..models import FormerSlug, Photo, ProjectSheet
from ..states import State
from .drafts import slug_for

MOST_PHOTOS = 6


@transaction.atomic
def write_from_file(project: Project, *, by: Actor) -> ProjectSheet:
    """Write the sheet of a project from its data and missions; create the draft if needed.

    Corrections made by the network are overwritten. The association is asked by email to validate
    a new draft, or to review what changed in a sheet that it had validated or that is public.
    """
    sheet = engine.sheet_of_project(project)
    content, missions = engine.content_of(sheet), selectors.missions_of(project)
    written = {
        **engine.columns_of(sheet),
        "content": content,
        "missions": missions,
        "sources": rules.sources_of(content, "dossier du projet"),
    }
    existing = selectors.sheet_of_project(project)
    if existing:
        if (existing.content, existing.missions) != (content, missions):
            written["approved_on"] = None
        before = _relied_on(existing)
        rewritten = audit.update(existing, "write_from_file", by=by, changes=written)
        _ask_again(rewritten, before, by=by)
        return rewritten
    created = ProjectSheet.objects.create(
        project=project,
        network=project.association.network,
        slug=slug_for(project.title),
        **written,
    )
    audit.log(created, "write_from_file", by=by)
    emails.ask_to_approve(created)
    return created


@transaction.atomic
def publish(
    sheet: ProjectSheet, *, by: Actor, reason: str = "", expected_version: int | None = None
) -> ProjectSheet:
    """Publish the sheet, and record that its content is confirmed as correct today.

    An association that did not validate its sheet is notified.

    Args:
        reason: why the sheet is published without the validation of its association, who gets this
            reason; not needed otherwise.

    Raises:
        ActionNotAllowed: see `rules.missing_to_publish` and `rules.missing_override`, or the sheet
            is published already.
        EditConflict: the sheet changed since `expected_version`.
    """
    changes = {
        "published_at": sheet.published_at or timezone.now(),
        "confirmed_on": timezone.localdate(),
        "publish_on": None,
    }

    def check(row: ProjectSheet) -> list[str]:
        return rules.missing_to_publish(row) + rules.missing_override(row, reason)

    published = audit.transition(
        sheet,
        "publish",
        by=by,
        expected_version=expected_version,
        check=check,
        changes=changes,
        reason=reason,
    )
    if rules.lacks_approval(published):
        emails.published_unapproved(published, by=by, reason=reason)
    return published


def plan(
    sheet: ProjectSheet, *, by: Actor, publish_on: date, expected_version: int | None = None
) -> ProjectSheet:
    """Set the day on which a background job publishes the sheet, which becomes a draft again.

    A sheet that its association has not validated by that day waits for the validation.

    Raises:
        ActionNotAllowed: see `rules.missing_to_plan`.
        EditConflict: the sheet changed since `expected_version`.
    """
    return audit.transition(
        sheet,
        "plan",
        by=by,
        expected_version=expected_version,
        check=rules.missing_to_plan,
        changes={"publish_on": publish_on},
    )


def publish_planned(today: date) -> int:
    """Publish the validated sheets planned for `today` or before, and return their number.

    A sheet that cannot be published is logged, and does not hold the others back.
    """

    def release(sheet: ProjectSheet) -> int:
        publish(sheet, by=SYSTEM)
        return 1

    due = selectors.due_for_publication(today)
    return each_apart(due, release, name="publish_planned")


def approve(sheet: ProjectSheet, *, by: Actor, expected_version: int | None = None) -> ProjectSheet:
    """Record that the association validates a draft, and notify its network by email.

    Raises:
        ActionNotAllowed: the sheet is not a draft.
        EditConflict: the sheet changed since `expected_version`.
    """
    approved = audit.transition(
        sheet,
        "approve",
        by=by,
        expected_version=expected_version,
        changes={"approved_on": timezone.localdate()},
    )
    emails.notify_approved(approved)
    return approved


def correct(
    sheet: ProjectSheet, *, by: Actor, corrected: engine.Sheet, expected_version: int | None = None
) -> ProjectSheet:
    """Replace the content of the sheet; the validation of a draft by the association is reset.

    The association gets by email the changes of a sheet that it had validated or that is public.
    The URL of a sheet never published follows its new title.

    Raises:
        EditConflict: the sheet changed since `expected_version`.
    """
    content = engine.content_of(corrected)
    changed = {name for name, value in content.items() if value != sheet.content.get(name)}
    fields = {name: value for name, value in content.items() if name in changed}
    kept = {name: source for name, source in sheet.sources.items() if name in content}
    changes: dict[str, Any] = {
        **engine.columns_of(corrected),
        "content": content,
        "sources": kept | rules.sources_of(fields, "correction du réseau"),
    }
    before = _relied_on(sheet)
    if sheet.state == State.DRAFT:
        changes["approved_on"] = None
    if sheet.published_at is None and changes["title"] != sheet.title:
        changes["slug"] = slug_for(changes["title"])  # nobody knows the former URL
    row = audit.update(sheet, "correct", by=by, expected_version=expected_version, changes=changes)
    _ask_again(row, before, by=by)
    return row


def _relied_on(sheet: ProjectSheet) -> dict[str, str]:
    """Return the texts of a sheet that is published or validated; {} for any other sheet."""
    if not rules.is_relied_on(sheet):
        return {}
    return engine.texts_of(engine.sheet_of(sheet.content))


def _ask_again(sheet: ProjectSheet, before: dict[str, str], *, by: Actor) -> None:
    if not before:
        return
    after = engine.texts_of(engine.sheet_of(sheet.content))
    labels = engine.FIELD_LABELS.items()
    changed = [label for name, label in labels if before.get(name, "") != after.get(name, "")]
    if changed:
        emails.corrected(sheet, by=by, fields=changed)


def ask_correction(sheet: ProjectSheet, *, by: Actor, words: str) -> None:
    """Journal the corrections that the association requests, and email them to the network."""
    audit.log(sheet, "ask_correction", by=by, reason=words)
    emails.ask_correction(sheet, by=by, words=words)


def confirm(sheet: ProjectSheet, *, by: Actor, expected_version: int | None = None) -> ProjectSheet:
    """Record that the content of a published sheet is still correct today.

    Raises:
        ActionNotAllowed: the sheet is not published.
        EditConflict: the sheet changed since `expected_version`.
    """
    changes = {"confirmed_on": timezone.localdate(), "reminded_on": None}
    return audit.transition(
        sheet, "confirm", by=by, expected_version=expected_version, changes=changes
    )


def remind(today: date) -> int:
    """Ask by email to confirm the sheets not confirmed for a year; return the number of sheets."""

    def ask(sheet: ProjectSheet) -> int:
        version = sheet.version  # two jobs at once: the second is refused, and sends nothing
        changes = {"reminded_on": today}
        audit.update(sheet, "remind", by=SYSTEM, expected_version=version, changes=changes)
        emails.ask_to_confirm(sheet)
        return 1

    return each_apart(selectors.due_for_reminder(today), ask, name="remind_sheets")


def withdraw(
    sheet: ProjectSheet, *, by: Actor, reason: str, expected_version: int | None = None
) -> ProjectSheet:
    """Remove a published sheet from the directory; its URL then answers 410 (gone).

    Raises:
        ActionNotAllowed: the sheet is not published, or `reason` is blank.
        EditConflict: the sheet changed since `expected_version`.
    """
    return audit.transition(
        sheet, "withdraw", by=by, expected_version=expected_version, reason=reason
    )


@transaction.atomic
def remove_summary(report: Report, *, by: Actor) -> None:
    """Blank the summary of a mission on its project sheet, after its author withdrew consent."""
    sheet = selectors.sheet_of_project(report.mission.need.project)
    if sheet is None or not report.public_summary:
        return
    missions = [
        {**each, "summary": ""} if each.get("summary") == report.public_summary else each
        for each in sheet.missions
    ]
    if missions != sheet.missions:
        audit.update(sheet, "remove_summary", by=by, changes={"missions": missions})


@transaction.atomic
def refresh_missions(project: Project) -> None:
    """Update the state and month of the missions already listed on a project's sheet. Idempotent.

    A cancelled mission is removed from the sheet, published or not; none is added, see
    `rules.facts_kept`.
    """
    sheet = ProjectSheet.objects.select_for_update(of=("self",)).filter(project=project).first()
    if sheet is None:
        return
    missions = rules.facts_kept(sheet.missions, selectors.missions_of(project))
    if missions != sheet.missions:
        audit.update(sheet, "refresh_missions", by=SYSTEM, changes={"missions": missions})


@transaction.atomic
def rename(
    sheet: ProjectSheet, *, by: Actor, slug: str, expected_version: int | None = None
) -> ProjectSheet:
    """Change the slug of the sheet, the end of its URL; the former URL redirects to the new one.

    Raises:
        ActionNotAllowed: another sheet uses or used this slug.
        EditConflict: the sheet changed since `expected_version`.
    """
    former = sheet.slug
    if slug == former:
        return sheet
    renamed = audit.update(
        sheet,
        "rename",
        by=by,
        expected_version=expected_version,
        check=rules.slug_taken,
        changes={"slug": slug},
    )
    FormerSlug.objects.filter(slug=slug).delete()
    FormerSlug.objects.create(slug=former, sheet=renamed)
    return renamed


@transaction.atomic
def add_photo(
    sheet: ProjectSheet, *, by: Actor, file: SanitizedPhoto, alt: str, credit: str
) -> Photo:
    """Add a photograph, re-encoded without metadata and resized for the web.

    Raises:
        ActionNotAllowed: the sheet already has six photographs, or the network has no space left.
    """
    # Lock the sheet, so that photographs added at once are counted one by one.
    ProjectSheet.objects.select_for_update(of=("self",), no_key=True).get(pk=sheet.pk)
    if sheet.photos.count() >= MOST_PHOTOS:
        raise ActionNotAllowed(
            f"Une fiche porte au plus {MOST_PHOTOS} photographies. Retirez-en une d’abord."
        )
    document = documents.store(
        file=file,
        kind="photo",
        title=alt[:200],
        owner=sheet,
        by=by,
        network=sheet.network_id,
        charged_to=sheet.network,
    )
    photo = Photo.objects.create(
        sheet=sheet,
        document=document,
        alt=alt,
        credit=credit,
        width=file.width,
        height=file.height,
    )
    audit.update(sheet, "add_photo", by=by, details={"photo": photo.pk})
    return photo


@transaction.atomic
def remove_photo(photo: Photo, *, by: Actor) -> None:
    """Delete a photograph of a sheet, and erase its file."""
    audit.update(photo.sheet, "remove_photo", by=by, details={"photo": photo.pk})
    document = photo.document
    photo.delete()
    documents.discard(document, reason="photographie retirée de la fiche", by=by)
