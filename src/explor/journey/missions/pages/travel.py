"""Texts of the confirmation pages of the departure and the return of a mission."""

from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.workflow.pages import Consequence, Effects, Undo

from .. import rules
from ..models import Mission
from .missions import parties_of


def blockers_of_depart(actor: Actor, mission: Mission) -> list[str]:
    """Return why the departure cannot be confirmed today, empty when it can."""
    return rules.missing_to_depart(mission, timezone.localdate())


def effects_of_depart(actor: Actor, mission: Mission) -> Effects:
    return Effects(
        happens=(
            Consequence("La mission est en cours."),
            Consequence("Le retour est à confirmer.", mission.end),
        ),
        notified=parties_of(mission, "« Départ confirmé »"),
        undo=(Undo("Ensuite", "Le réseau peut interrompre la mission, avec sa cause."),),
    )


def effects_of_come_back(actor: Actor, mission: Mission) -> Effects:
    return Effects(
        happens=(
            Consequence("La mission finit.", timezone.localdate()),
            Consequence("Le compte rendu est attendu."),
        ),
        notified=parties_of(mission, "« Retour confirmé »"),
    )
