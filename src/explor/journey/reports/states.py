"""Workflow of a report: written and submitted by the expert, accepted by the network."""

from django.db.models import TextChoices

from explor.ground.workflow.table import REASON, T, Workflow


class State(TextChoices):
    DRAFT = "draft", "à écrire"
    SUBMITTED = "submitted", "remis"
    RETURNED = "returned", "à compléter"
    ACCEPTED = "accepted", "accepté"


DRAFT, SUBMITTED, RETURNED, ACCEPTED = State.DRAFT, State.SUBMITTED, State.RETURNED, State.ACCEPTED
TO_SUBMIT, WRITERS = (DRAFT, RETURNED), ("expert", "reseau")

REPORT = Workflow(
    "report",
    State,
    T("submit", TO_SUBMIT, SUBMITTED, WRITERS, "Remettre le compte rendu"),
    T("send_back", SUBMITTED, RETURNED, "reseau", "Renvoyer à compléter", REASON),
    T("accept", SUBMITTED, ACCEPTED, "reseau", "Accepter le compte rendu"),
)
