"""Who may write, publish and withdraw a sheet, and what speaks against it."""

import re
import secrets
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


def missing_to_read(batch: SheetImport) -> list[str]:
    """A table is read once one of its columns is known to be the title."""
    if batch.kind == SheetImport.Kind.TABLE and "title" not in batch.chosen.values():
        return ["Dites quelle colonne porte le titre du projet."]
    return []


def missing_to_make(batch: SheetImport) -> list[str]:
    """There is something to make."""
    if batch.lines.to_make().exists():
        return []
    return ["Aucune ligne n’est à créer : toutes ressemblent à des fiches que vous avez déjà."]


def stored_name(name: str) -> str:
    """A name of chance for an uploaded file, with its ending."""
    ending = re.sub(r"[^a-z0-9]", "", name.rpartition(".")[2].lower())[:8] or "bin"
    return f"{secrets.token_hex(16)}.{ending}"
