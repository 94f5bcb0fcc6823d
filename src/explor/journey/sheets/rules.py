"""Permissions on project sheets and imports, and the conditions of each action."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import timezone

from explor.actors.projects.models import Project
from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.journey.missions.models import Mission

from .models import FormerSlug, Photo, ProjectSheet, SheetImport
from .states import State

ALREADY_PUBLISHED = (
    "Une fiche publiée de ce réseau a ce titre et ce porteur : modifiez-la depuis sa page, ou "
    "retirez-la d’abord."
)


def can_act(actor: Actor, verb: str, sheet: ProjectSheet) -> bool:
    """Return True when the workflow allows `verb` and the sheet belongs to `actor`.

    The administration may act on every sheet.
    """
    if not sheet.workflow.allows(sheet.state, verb, actor.role):
        return False
    if actor.role == "reseau":
        return can_edit(actor, sheet)
    if actor.role == "association":
        return can_ask_correction(actor, sheet)
    return actor.role == "administration"


def can_edit(actor: Actor, sheet: ProjectSheet) -> bool:
    """Return True for the network of the sheet, which may edit its text, URL and photographs."""
    return actor.role == "reseau" and sheet.network_id == actor.scope


def can_write(actor: Actor, project: Project) -> bool:
    """Return True for the network that writes the sheet of a project, see `may_write`."""
    return may_write(actor, project, getattr(project, "sheet", None))


def may_write(actor: Actor, project: Project, sheet: ProjectSheet | None) -> bool:
    """Return True for the network of the sheet, or of the association when none is written yet.

    After a transfer of the association, a sheet and its missions stay in the network that wrote the
    sheet.
    """
    network = sheet.network_id if sheet else project.association.network_id
    return actor.role == "reseau" and network == actor.scope


def can_ask_correction(actor: Actor, sheet: ProjectSheet) -> bool:
    """Return True for the project's association, which may request corrections."""
    project = sheet.project
    own = project is not None and project.association_id == actor.scope
    return actor.role == "association" and own


def missing_to_publish(sheet: ProjectSheet) -> list[str]:
    """Return why a sheet cannot be published (no title, dates in disorder), empty when it can."""
    missing = [] if sheet.content.get("title") else ["La fiche n’a pas de titre."]
    if sheet.start_on and sheet.end_on and sheet.end_on < sheet.start_on:
        missing.append("La fin du projet vient avant son début : corrigez l’une des deux dates.")
    return missing


def is_relied_on(sheet: ProjectSheet) -> bool:
    """Return whether a sheet is published or validated, so that its association reads changes."""
    return sheet.state == State.PUBLISHED or sheet.approved_on is not None


def lacks_approval(sheet: ProjectSheet) -> bool:
    """Return whether an association has to validate this sheet, and has not."""
    return sheet.project_id is not None and sheet.approved_on is None


def missing_override(sheet: ProjectSheet, reason: str) -> list[str]:
    """Return a message when a sheet without validation is published without a `reason`."""
    if reason.strip() or not lacks_approval(sheet):
        return []
    return ["L’association n’a pas validé la fiche : écrivez pourquoi vous passez outre."]


def missing_to_plan(sheet: ProjectSheet) -> list[str]:
    """Return why a publication cannot be planned, empty when it can.

    Reasons: the sheet cannot be published, or the day is not in the next 366 days.
    """
    today, missing = timezone.localdate(), missing_to_publish(sheet)
    if sheet.publish_on is None or not today < sheet.publish_on <= today + timedelta(days=366):
        missing.append("Choisissez un jour à venir, dans l’année.")
    return missing


def missing_to_undo(mission: Mission) -> list[str]:
    """Return a reason why the last action on a mission cannot be undone; empty when it can.

    It cannot once the project sheet was written after it, as the sheet states its result.
    """
    sheet = ProjectSheet.objects.filter(project=mission.need.project_id).first()
    if sheet is None:
        return []
    written = Entry.objects.about(sheet).filter(verb="write_from_file")
    if not written.filter(at__gte=mission.state_since).exists():
        return []
    return ["La fiche du projet a été écrite depuis : elle dit déjà ce jour."]


def facts_kept(listed: list[dict[str, Any]], now: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the missions listed on a sheet, with their present state and month.

    Missions that are no longer public are removed. No mission and no summary is added, since a new
    text on a sheet must first be reviewed and validated.

    Args:
        listed: the missions of the sheet, as they were written.
        now: the public facts of the missions of its project, today.
    """
    left, kept = list(listed), []
    for fact in now:
        before = next((each for each in left if each["title"] == fact["title"]), None)
        if before is not None:
            left.remove(before)
            kept.append(before | {"when": fact["when"], "state": fact["state"]})
    return kept


def own_slug(source_id: str) -> str:
    """Return the slug in `source_id` if it is the URL of a sheet of this site, else ""."""
    if not source_id.startswith(f"{settings.EXPLOR_URL}/"):
        return ""
    try:
        match = resolve(urlsplit(source_id).path)
    except Resolver404:
        return ""
    return str(match.kwargs["slug"]) if match.view_name == "directory:sheet" else ""


def slug_taken(sheet: ProjectSheet) -> list[str]:
    """Return an error when another sheet uses or used the slug of this sheet, else nothing."""
    others = ProjectSheet.objects.filter(slug=sheet.slug).exclude(pk=sheet.pk)
    former = FormerSlug.objects.filter(slug=sheet.slug).exclude(sheet=sheet.pk)
    taken = others.exists() or former.exists()
    return ["Cette adresse mène déjà à une autre fiche."] if taken else []


def sources_of(content: dict[str, Any], source: str) -> dict[str, dict[str, str]]:
    """Return {field: {"de": source, "le": ISO date of today}} for each filled field."""
    today = timezone.localdate().isoformat()
    return {name: {"de": source, "le": today} for name, value in content.items() if value}


def can_remove_photo(actor: Actor, photo: Photo) -> bool:
    """Return True for the network of the sheet, which may remove its photographs."""
    return can_edit(actor, photo.sheet)


def can_import(actor: Actor, batch: SheetImport | None) -> bool:
    """Return True for a network, and for an existing import only for the network that owns it."""
    if actor.role != "reseau":
        return False
    return batch is None or batch.network_id == actor.scope


def missing_to_read(batch: SheetImport) -> list[str]:
    """Return why a table cannot be read (no column chosen as title), empty when it can."""
    if batch.kind == SheetImport.Kind.TABLE and "title" not in batch.chosen.values():
        return ["Dites quelle colonne porte le titre du projet."]
    return []
