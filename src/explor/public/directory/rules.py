"""Who may write, publish and withdraw a sheet, and what speaks against it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from explor.ground.common.actor import Actor

from .models import FormerSlug, ProjectSheet, SheetImport


def can(actor: Actor, verb: str, sheet: ProjectSheet) -> bool:
    """The network of the sheet; its association for a confirmation; the administration for all."""
    if not sheet.workflow.allows(sheet.state, verb, actor.hat):
        return False
    if actor.hat == "reseau":
        return sheet.network_id == actor.scope
    if actor.hat == "association":
        return sheet.project is not None and sheet.project.association_id == actor.scope
    return actor.hat == "administration"


def missing_to_publish(sheet: ProjectSheet) -> list[str]:
    """Blanks are allowed; a sheet without a title is not one."""
    return [] if sheet.content.get("title") else ["La fiche n’a pas de titre."]


def missing_to_plan(sheet: ProjectSheet) -> list[str]:
    """A day to come, within a year."""
    today, missing = timezone.localdate(), missing_to_publish(sheet)
    if sheet.publish_on is None or not today < sheet.publish_on <= today + timedelta(days=366):
        missing.append("Choisissez un jour à venir, dans l’année.")
    return missing


def slug_taken(sheet: ProjectSheet) -> list[str]:
    """An address that leads elsewhere cannot be given."""
    others = ProjectSheet.objects.filter(slug=sheet.slug).exclude(pk=sheet.pk)
    former = FormerSlug.objects.filter(slug=sheet.slug).exclude(sheet=sheet.pk)
    taken = others.exists() or former.exists()
    return ["Cette adresse mène déjà à une autre fiche."] if taken else []


def sources_of(content: dict[str, Any], source: str) -> dict[str, dict[str, str]]:
    """Where each filled field comes from, and when."""
    today = timezone.localdate().isoformat()
    return {name: {"de": source, "le": today} for name, value in content.items() if value}


def can_import(actor: Actor, batch: SheetImport | None) -> bool:
    """Return whether `actor` is a network, and that of the file when there is one."""
    if actor.hat != "reseau":
        return False
    return batch is None or batch.network_id == actor.scope


def missing_to_read(batch: SheetImport) -> list[str]:
    """Return what a table lacks: the column of the title, without which it is not read."""
    if batch.kind == SheetImport.Kind.TABLE and "title" not in batch.chosen.values():
        return ["Dites quelle colonne porte le titre du projet."]
    return []
