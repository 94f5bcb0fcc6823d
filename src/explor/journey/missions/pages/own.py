"""Sentences on the mission data that an erasure keeps, and on what prevents an erasure."""

from explor.ground.accounts.models import Person
from explor.ground.ui.elision import of
from explor.ground.ui.order import french_key

from ..models import Mission
from ..selectors import left_with_files, running_missions


def kept_of(person: Person) -> list[str]:
    """Return a sentence on the missions kept after an erasure, if the person has any; else []."""
    if not Mission.objects.filter(expert__person=person).exists():
        return []
    return [
        "Vos missions finies restent dix ans, sans votre nom : elles justifient l’argent public "
        "(code de commerce, article L123-22). Vos données de voyage partent."
    ]


def blockers_of_erasure(person: Person) -> list[str]:
    """Return why a person cannot be erased: a running mission, or an organisation left alone."""
    missions = running_missions(person).values_list("need__title", flat=True)
    return [
        f"Votre mission « {title} » n’est pas close : finissez-la, ou écrivez à votre réseau."
        for title in missions.order_by("pk")
    ] + [
        f"Vous êtes la dernière personne {of(organisation.name)}, qui a un dossier en cours : "
        "invitez d’abord quelqu’un."
        for organisation in left_with_files(person).order_by(french_key("name"), "pk")
    ]
