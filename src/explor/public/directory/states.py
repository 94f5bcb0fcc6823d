"""A public sheet: drafted from the file or an import, published by the network, withdrawn."""

from django.db.models import TextChoices

from explor.ground.common.workflow import Transition, Workflow


class State(TextChoices):
    DRAFT = "draft", "à relire"
    PUBLISHED = "published", "publiée"
    WITHDRAWN = "withdrawn", "retirée"


SHEET = Workflow(
    "sheet",
    State,
    Transition(
        verb="publish",
        sources=(State.DRAFT, State.WITHDRAWN),
        target=State.PUBLISHED,
        by=("reseau", "administration"),
        label="Publier la fiche",
    ),
    Transition(
        verb="confirm",
        sources=(State.PUBLISHED,),
        target=State.PUBLISHED,
        by=("reseau", "association", "administration"),
        label="Confirmer que la fiche est à jour",
    ),
    Transition(
        verb="withdraw",
        sources=(State.PUBLISHED,),
        target=State.WITHDRAWN,
        by=("reseau", "administration"),
        label="Retirer la fiche",
        needs_reason=True,
        danger=True,
    ),
)
