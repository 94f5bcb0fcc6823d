"""The employer's formal act, after its yes in principle; then the agreement is signed."""

from django.db.models import TextChoices

from explor.ground.common.workflow import Transition, Workflow


class State(TextChoices):
    ASKED = "asked", "demandée à l’employeur"
    APPROVED = "approved", "accordée"
    REFUSED = "refused", "refusée"
    AGREED = "agreed", "convention signée"
    ENDED = "ended", "sans suite"


RELEASE = Workflow(
    "release",
    State,
    Transition(
        verb="approve",
        sources=(State.ASKED,),
        target=State.APPROVED,
        by=("employeur", "reseau"),
        label="Accorder la mise à disposition",
    ),
    Transition(
        verb="refuse",
        sources=(State.ASKED,),
        target=State.REFUSED,
        by=("employeur", "reseau"),
        label="Refuser",
        needs_reason=True,
        danger=True,
    ),
    Transition(
        verb="sign",
        sources=(State.APPROVED,),
        target=State.APPROVED,
        by=("association", "expert", "employeur", "reseau"),
        label="Signer la convention",
    ),
    Transition(
        verb="conclude",
        sources=(State.APPROVED,),
        target=State.AGREED,
        by=("association", "expert", "employeur", "reseau"),
        label="Constater les signatures",
    ),
    Transition(
        verb="end",
        sources=(State.ASKED, State.APPROVED, State.AGREED),
        target=State.ENDED,
        by=("reseau", "systeme"),
        label="Classer sans suite",
        needs_reason=True,
        danger=True,
    ),
)
