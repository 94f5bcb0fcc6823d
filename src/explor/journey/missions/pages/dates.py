"""The page that postpones a mission: information to choose the dates, effects."""

from typing import Any

from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.workflow.pages import Consequence, Effects, Undo
from explor.journey.releases.states import GRANTED
from explor.journey.releases.states import State as ReleaseState

from .. import rules
from ..models import Mission
from ..selectors import other_stays
from .missions import BUT, parties_of


def blockers_of_lost_seat(actor: Actor, mission: Mission) -> list[str]:
    """Return why a mission whose expert withdrew can only be cancelled; [] if the seat is held."""
    return rules.missing_seat(mission)


def context_of_postpone(actor: Actor, mission: Mission) -> dict[str, Any]:
    """Return `choices`, (label, text) pairs that help to choose new dates.

    They say the allowed length, the window, the days declared free and the other missions.
    """
    need = mission.need
    window = ""
    if need.window_start and need.window_end:
        window = f"du {need.window_start:%d/%m/%Y} au {need.window_end:%d/%m/%Y}"
    free = [
        f"du {each.days.lower:%d/%m/%Y} au {each.last:%d/%m/%Y}"
        for each in mission.expert.availabilities.filter(days__endswith__gt=timezone.localdate())
    ]
    taken = [f"du {start:%d/%m/%Y} au {end:%d/%m/%Y}" for start, end in other_stays(mission)]
    days = f"de {mission.min_days} à {mission.max_days} jours"
    return {
        "choices": [
            ("Durée", days),
            ("Fenêtre du besoin", window),
            ("Jours libres déclarés", " ; ".join(free) or "aucun"),
            ("Déjà prise", " ; ".join(taken) or "jamais"),
        ]
    }


def effects_of_postpone(actor: Actor, mission: Mission) -> Effects:
    happens = [
        Consequence("La mission revient en préparation, aux nouvelles dates."),
        Consequence("Le feu vert et ses dérogations, s’il y en a, sont effacés."),
        Consequence(
            "Les préparatifs sont recomptés. La convention, les billets, l’assurance et Ariane "
            "disent les dates : ils sont à refaire ; le reste de ce qui est fait reste fait."
        ),
    ]
    if mission.release.state in GRANTED:
        happens += [
            Consequence(
                "La convention ne vaut plus : un avenant est établi, à signer avant le feu vert. "
                "Si le cadre est fermé à ces dates, l’accord est redemandé dans un autre cadre."
            )
        ]
    elif mission.release.state == ReleaseState.REQUESTED:
        happens += [
            Consequence(
                "L’accord est demandé de nouveau, à ces dates : une demande notée pour les "
                "anciennes ne compte plus."
            )
        ]
    return Effects(
        happens=happens,
        notified=parties_of(mission, f"les nouvelles dates, et votre motif{BUT}"),
        undo=(Undo("Jusqu’au départ", "Vous pouvez reporter de nouveau."),),
    )
