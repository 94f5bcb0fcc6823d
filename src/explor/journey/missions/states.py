"""The life of a mission, from preparation to its end; four ends that are never confused."""

from django.db.models import TextChoices

from explor.ground.common.workflow import Transition, Workflow


class State(TextChoices):
    PREPARING = "preparing", "en préparation"
    CLEARED = "cleared", "feu vert donné"
    AWAY = "away", "en mission"
    RETURNED = "returned", "au retour"
    CLOSED = "closed", "close"
    CANCELLED = "cancelled", "annulée"
    INTERRUPTED = "interrupted", "interrompue"
    REMOTE = "remote", "faite à distance"


BEFORE = (State.PREPARING, State.CLEARED)

MISSION = Workflow(
    "mission",
    State,
    Transition(
        verb="clear",
        sources=(State.PREPARING,),
        target=State.CLEARED,
        by=("reseau",),
        label="Donner le feu vert",
    ),
    Transition(
        verb="suspend",
        sources=(State.CLEARED,),
        target=State.PREPARING,
        by=("reseau", "systeme"),
        label="Retirer le feu vert",
        needs_reason=True,
        danger=True,
    ),
    Transition(
        verb="depart",
        sources=(State.CLEARED,),
        target=State.AWAY,
        by=("expert", "reseau"),
        label="Confirmer le départ",
    ),
    Transition(
        verb="come_back",
        sources=(State.AWAY,),
        target=State.RETURNED,
        by=("expert", "reseau"),
        label="Confirmer le retour",
    ),
    Transition(
        verb="close",
        sources=(State.RETURNED, State.REMOTE, State.INTERRUPTED),
        target=State.CLOSED,
        by=("reseau",),
        label="Clore la mission",
    ),
    Transition(
        verb="postpone",
        sources=BEFORE,
        target=State.PREPARING,
        by=("reseau",),
        label="Reporter",
        needs_reason=True,
    ),
    Transition(
        verb="cancel",
        sources=BEFORE,
        target=State.CANCELLED,
        by=("reseau",),
        label="Annuler",
        needs_reason=True,
        danger=True,
    ),
    Transition(
        verb="interrupt",
        sources=(State.AWAY,),
        target=State.INTERRUPTED,
        by=("reseau",),
        label="Interrompre",
        needs_reason=True,
        danger=True,
    ),
    Transition(
        verb="go_remote",
        sources=BEFORE,
        target=State.REMOTE,
        by=("reseau",),
        label="Passer à distance",
        needs_reason=True,
    ),
)
