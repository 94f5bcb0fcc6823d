"""Who may act on a project sheet or a file of sheets, and what a verb still lacks."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from explor.actors.projects.models import Project
from explor.ground.http.actor import Actor

from .models import FormerSlug, Photo, ProjectSheet, SheetImport


def can_act(actor: Actor, verb: str, sheet: ProjectSheet) -> bool:
    """Say whether the table allows the verb and the sheet is the actor's own.

    The administration acts on every sheet.
    """
    if not sheet.workflow.allows(sheet.state, verb, actor.role):
        return False
    if actor.role == "reseau":
        return can_edit(actor, sheet)
    if actor.role == "association":
        return can_ask_correction(actor, sheet)
    return actor.role == "administration"


def can_edit(actor: Actor, sheet: ProjectSheet) -> bool:
    """Let the network of the sheet correct it, change its address and its photographs."""
    return actor.role == "reseau" and sheet.network_id == actor.scope


def can_write(actor: Actor, project: Project) -> bool:
    """Let the network of an association write the sheet of its project."""
    return actor.role == "reseau" and project.association.network_id == actor.scope


def can_ask_correction(actor: Actor, sheet: ProjectSheet) -> bool:
    """Let the association of the project say what is wrong in its sheet."""
    project = sheet.project
    own = project is not None and project.association_id == actor.scope
    return actor.role == "association" and own


def missing_to_publish(sheet: ProjectSheet) -> list[str]:
    """Return what keeps a sheet from being published: only its title is required."""
    return [] if sheet.content.get("title") else ["La fiche n’a pas de titre."]


def missing_to_plan(sheet: ProjectSheet) -> list[str]:
    """Return what is missing to publish later: the day must come, within a year."""
    today, missing = timezone.localdate(), missing_to_publish(sheet)
    if sheet.publish_on is None or not today < sheet.publish_on <= today + timedelta(days=366):
        missing.append("Choisissez un jour à venir, dans l’année.")
    return missing


def slug_taken(sheet: ProjectSheet) -> list[str]:
    """Return an error when the address of the sheet belongs, or belonged, to another one."""
    others = ProjectSheet.objects.filter(slug=sheet.slug).exclude(pk=sheet.pk)
    former = FormerSlug.objects.filter(slug=sheet.slug).exclude(sheet=sheet.pk)
    taken = others.exists() or former.exists()
    return ["Cette adresse mène déjà à une autre fiche."] if taken else []


def sources_of(content: dict[str, Any], source: str) -> dict[str, dict[str, str]]:
    """Return, for each filled field, where it comes from and the ISO date of today."""
    today = timezone.localdate().isoformat()
    return {name: {"de": source, "le": today} for name, value in content.items() if value}


def can_remove_photo(actor: Actor, photo: Photo) -> bool:
    """Let the network of a sheet remove its photographs."""
    return can_edit(actor, photo.sheet)


def can_import(actor: Actor, batch: SheetImport | None) -> bool:
    """Return whether `actor` is a network, and that of the file when there is one."""
    if actor.role != "reseau":
        return False
    return batch is None or batch.network_id == actor.scope


def missing_to_read(batch: SheetImport) -> list[str]:
    """Return what a table lacks: the column of the title, without which it is not read."""
    if batch.kind == SheetImport.Kind.TABLE and "title" not in batch.chosen.values():
        return ["Dites quelle colonne porte le titre du projet."]
    return []
