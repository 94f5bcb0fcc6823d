"""Workflow of a nomination: sent, then joined or declined by the person, withdrawn or lapsed."""

from django.db.models import TextChoices

from explor.ground.workflow.table import DANGER, T, Workflow


class State(TextChoices):
    SENT = "sent", "en attente de la personne"
    JOINED = "joined", "la personne a dit oui"
    DECLINED = "declined", "la personne a dit non"
    WITHDRAWN = "withdrawn", "retirée"
    LAPSED = "lapsed", "restée sans réponse"


S = State
PERSON = "public"  # the named person has no account and answers by a personal link

NOMINATION = Workflow(
    "nomination",
    State,
    T("join", S.SENT, S.JOINED, PERSON, "Oui, je crée mon profil"),
    T("decline_nomination", (S.SENT, S.JOINED), S.DECLINED, PERSON, "Non, merci"),
    T("withdraw_nomination", S.SENT, S.WITHDRAWN, "employeur", "Retirer cette personne", DANGER),
    T("lapse_nomination", S.SENT, S.LAPSED, "systeme", "Laisser sans suite"),
)
