"""The report of the expert: written, submitted, accepted by the network."""

from django.db.models import TextChoices

from explor.ground.common.workflow import Transition, Workflow


class State(TextChoices):
    DRAFT = "draft", "à écrire"
    SUBMITTED = "submitted", "remis"
    RETURNED = "returned", "à compléter"
    ACCEPTED = "accepted", "accepté"


REPORT = Workflow(
    "report",
    State,
    Transition(
        verb="submit",
        sources=(State.DRAFT, State.RETURNED),
        target=State.SUBMITTED,
        by=("expert", "reseau"),
        label="Remettre le compte rendu",
    ),
    Transition(
        verb="send_back",
        sources=(State.SUBMITTED,),
        target=State.RETURNED,
        by=("reseau",),
        label="Renvoyer à compléter",
        needs_reason=True,
    ),
    Transition(
        verb="accept",
        sources=(State.SUBMITTED,),
        target=State.ACCEPTED,
        by=("reseau",),
        label="Accepter le compte rendu",
    ),
)
