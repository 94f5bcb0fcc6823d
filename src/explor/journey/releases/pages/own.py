"""Sentences on the agreement data that an erasure keeps, and on what prevents an erasure."""

from explor.ground.accounts.models import Person

from ..models import Release
from ..selectors import running_releases, signatures_of


def kept_of(person: Person) -> list[str]:
    """Return a sentence on the agreements kept after an erasure, if the person has any; else []."""
    own = Release.objects.filter(proposal__expert__person=person, agreement__isnull=False)
    if not (own.exists() or signatures_of(person).exists()):
        return []
    return [
        "Les conventions signées restent telles quelles dix ans, avec votre nom, votre adresse et "
        "la preuve de votre signature : elles engagent aussi les autres parties "
        "(code civil, article 2224 ; code de commerce, article L123-22)."
    ]


def blockers_of_erasure(person: Person) -> list[str]:
    """Return why a person cannot be erased (an agreement is in preparation), else []."""
    titles = running_releases(person).values_list("proposal__need__title", flat=True)
    return [
        f"L’accord pour « {title} » se prépare : retirez-vous d’abord, ou écrivez à votre réseau."
        for title in titles.order_by("pk")
    ]
