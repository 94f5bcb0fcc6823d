"""What an import of sheets still lacks, and the name of its stored file."""

import re
import secrets

from .models import SheetImport


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
