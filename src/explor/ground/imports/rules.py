"""Who may act on an imported file, and what prevents it."""

from typing import Any

from explor.ground.http.actor import Actor

from . import states
from .models import ImportedFile, kind_of


def can_import(actor: Actor, batch: ImportedFile) -> bool:
    """Return whether `actor` may read, make, stop and undo this file and choose its lines."""
    return kind_of(batch).can_import(actor, batch)


def missing_to_read(batch: Any) -> list[str]:
    """Return what must still be said before the file is read."""
    return kind_of(batch).missing_to_read(batch)


def missing_to_make(batch: Any) -> list[str]:
    """Return why nothing can be made, when no line is left to make."""
    return [] if batch.lines.to_make().exists() else [kind_of(batch).nothing_to_make]


def blockers_of_columns(batch: Any) -> list[str]:
    """Return why the columns cannot change: reading again would lose what lines made."""
    if not batch.lines.filter(made=True).exists():
        return []
    return ["Une partie du fichier est déjà faite : annulez l’import pour changer les colonnes."]


def blockers_of_keep(line: Any) -> list[str]:
    """Return why one cannot choose whether a line is made."""
    if line.certain:
        return [kind_of(line.batch).certain]
    if line.made or line.batch.state != states.READ:
        return ["Cette ligne n’est plus à choisir."]
    return []
