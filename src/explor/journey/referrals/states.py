"""Somebody is asked whether another network may see the profile: yes, no, or silence."""

from django.db.models import TextChoices

from explor.ground.workflow.table import T, Workflow


class State(TextChoices):
    ASKED = "asked", "demandée"
    ACCEPTED = "accepted", "acceptée"
    DECLINED = "declined", "déclinée"
    EXPIRED = "expired", "restée sans réponse"


REFERRAL = Workflow(
    "referral",
    State,
    T("accept", State.ASKED, State.ACCEPTED, "expert", "Ouvrir mon profil à ce réseau"),
    T("decline", State.ASKED, State.DECLINED, "expert", "Non, merci"),
    T("expire", State.ASKED, State.EXPIRED, "systeme", "Laisser sans suite"),
)
