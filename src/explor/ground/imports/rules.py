"""Permissions and conditions of the actions on an imported file."""

from typing import Any

from explor.ground.http.actor import Actor

from . import states
from .models import ImportedFile, kind_of


def can_import(actor: Actor, batch: ImportedFile) -> bool:
    """Return whether `actor` may read, import, stop and undo this file and choose its lines."""
    return kind_of(batch).can_import(actor, batch)


def missing_to_read(batch: Any) -> list[str]:
    """Return in French why the file cannot be read yet, such as a required column not chosen."""
    return kind_of(batch).missing_to_read(batch)


def missing_to_make(batch: Any) -> list[str]:
    """Return a reason, in French, when the file has no line left to import; else []."""
    return [] if batch.lines.to_make().exists() else [kind_of(batch).nothing_to_make]


def blockers_of_columns(batch: Any) -> list[str]:
    """Return a reason, in French, when the columns of a file cannot change any more; else [].

    Columns cannot change once a line of the file has created records.
    """
    if not batch.lines.filter(made=True).exists():
        return []
    return ["Une partie du fichier est déjà faite : annulez l’import pour changer les colonnes."]


def blockers_of_keep(line: Any) -> list[str]:
    """Return in French why the user can no longer keep or drop a duplicate line; else []."""
    if line.certain:
        return [kind_of(line.batch).certain]
    if line.made or line.batch.state != states.READ:
        return ["Cette ligne n’est plus à choisir."]
    return []
