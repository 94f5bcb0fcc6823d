"""Sentences on the proposal data that an erasure keeps."""

from explor.ground.accounts.models import Person

from ..models import Proposal


def kept_of(person: Person) -> list[str]:
    """Return why an erasure keeps the proposals made to a person; [] without any."""
    if not Proposal.objects.filter(expert__person=person).exists():
        return []
    return [
        "Les propositions finies et leurs réponses restent, sans votre nom ni vos mots : elles "
        "disent pourquoi une place était prise ou libre."
    ]
