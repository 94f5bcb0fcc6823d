"""The report of the expert: written, submitted, accepted by the network."""

from django.db.models import TextChoices

from explor.ground.workflow.table import REASON, T, Workflow


class State(TextChoices):
    DRAFT = "draft", "à écrire"
    SUBMITTED = "submitted", "remis"
    RETURNED = "returned", "à compléter"
    ACCEPTED = "accepted", "accepté"


REPORT = Workflow(
    "report",
    State,
    T("submit", (State.DRAFT, State.RETURNED), State.SUBMITTED, ("expert", "reseau"),
      "Remettre le compte rendu"),
    T("send_back", State.SUBMITTED, State.RETURNED, "reseau", "Renvoyer à compléter", REASON),
    T("accept", State.SUBMITTED, State.ACCEPTED, "reseau", "Accepter le compte rendu"),
)  # fmt: skip
