"""Sentences on the committee data of a person that an erasure keeps."""

from explor.ground.accounts.models import Person

from ..models import CommitteeMember
from ..selectors.own import silent_seats


def kept_of(person: Person) -> list[str]:
    """Return a sentence on the opinions and recusals kept after an erasure; [] if none are kept."""
    seats = CommitteeMember.objects.filter(person=person)
    if not seats.exclude(pk__in=silent_seats(person).values("pk")).exists():
        return []
    return [
        "Vos avis et vos déports restent, sans votre nom : une décision publique repose sur eux. "
        "Les procès-verbaux signés restent tels quels, avec le nom des présents."
    ]
