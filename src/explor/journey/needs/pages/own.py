"""Sentences on the data about needs that an erasure keeps."""

from explor.ground.accounts.models import Person
from explor.ground.audit.models import Entry


def kept_of(person: Person) -> list[str]:
    """Return a sentence on the needs kept after an erasure, if the person acted on one; else []."""
    if not Entry.objects.filter(person=person.pk, kind="needs.need").exists():
        return []
    return [
        "Les besoins déposés restent à l’association. Vos remarques y sont de « personne effacée »."
    ]
