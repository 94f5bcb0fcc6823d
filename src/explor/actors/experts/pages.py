"""Effects that the confirmation pages of a profile announce."""

from django.urls import reverse

from explor.ground.http.actor import Actor
from explor.ground.workflow.pages import Consequence, Effects, Undo

from . import rules
from .models import Availability, Expert


def url_of(actor: Actor, subject: object) -> str:
    """Return the page of one's own profile."""
    return reverse("experts:expert_profile")


def blockers_of_offer(actor: Actor, expert: Expert) -> list[str]:
    """Return what the profile lacks before it is offered."""
    return rules.missing_to_offer(expert)


EFFECTS_OF_OFFER = Effects(
    happens=(Consequence("Les réseaux que vous autorisez peuvent vous proposer une mission."),),
    undo=(Undo("À tout moment", "Vous pouvez mettre votre profil en pause."),),
)
EFFECTS_OF_REST = Effects(
    happens=(Consequence("Personne ne vous propose plus de mission. Votre profil est gardé."),),
    undo=(Undo("À tout moment", "Vous pouvez le proposer de nouveau."),),
)
EFFECTS_OF_CONFIRM = Effects(
    happens=(Consequence("Votre profil est dit à jour, à la date d’aujourd’hui."),),
)


def effects_of_removal(actor: Actor, availability: Availability) -> Effects:
    """Say what removing a period does."""
    return Effects(
        happens=(Consequence(f"La période {availability} n’est plus proposée aux réseaux."),),
        undo=(Undo("À tout moment", "Vous pouvez l’ajouter de nouveau."),),
    )
