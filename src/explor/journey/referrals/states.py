"""Workflow of a referral: requested, then accepted, declined, or expired without an answer."""

from django.db.models import TextChoices

from explor.ground.workflow.table import T, Workflow


class State(TextChoices):
    REQUESTED = "asked", "demandée"
    ACCEPTED = "accepted", "acceptée"
    DECLINED = "declined", "déclinée"
    EXPIRED = "expired", "restée sans réponse"


REFERRAL = Workflow(
    "referral",
    State,
    T("accept", State.REQUESTED, State.ACCEPTED, "expert", "Ouvrir mon profil à ce réseau"),
    T("decline", State.REQUESTED, State.DECLINED, "expert", "Non, merci"),
    T("expire", State.REQUESTED, State.EXPIRED, "systeme", "Laisser sans suite"),
)
