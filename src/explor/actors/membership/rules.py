"""What speaks against reading a file, or making members of it."""

from datetime import timedelta

from . import engine
from .models import MemberImport

# A person whose data did not come from them is told within a month (RGPD, art. 14.3 a).
UNTOLD = timedelta(days=30)
UNANSWERED = timedelta(days=90)  # an invitation nobody took up


def missing_to_read(batch: MemberImport) -> list[str]:
    """The columns without which a line says nothing."""
    taken = set(batch.chosen.values())
    missing = [told.lower() for name, told in engine.required_of(batch.what) if name not in taken]
    return [f"Dites quelle colonne porte : {', '.join(missing)}."] if missing else []


def missing_to_enrol(batch: MemberImport) -> list[str]:
    """There is somebody to enrol."""
    if batch.lines.to_make().exists():
        return []
    return ["Aucune ligne n’est à inscrire : toutes sont des doubles ou des lignes en faute."]
