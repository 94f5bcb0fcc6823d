"""Workflow of a proposal: agreed when all parties accept in time, else ended and its seat freed."""

from django.db.models import TextChoices

from explor.ground.workflow.table import DANGER, REASON, T, Workflow


class State(TextChoices):
    PROPOSED = "proposed", "proposée"
    AGREED = "agreed", "acceptée par les trois"
    DECLINED = "declined", "déclinée"
    LAPSED = "lapsed", "restée sans réponse"
    LOST = "lost", "expertise perdue"
    RECALLED = "recalled", "reprise par le réseau"
    FREED = "freed", "libérée, mission annulée"


PARTIES = ("expert", "association", "employeur")
HOLDING = (State.PROPOSED, State.AGREED)  # the states in which a proposal takes a seat of its need

S = State
ANSWERING = (*PARTIES, "reseau")
LOSING = ("expert", "reseau", "systeme")

PROPOSAL = Workflow(
    "proposal",
    State,
    T("accept", S.PROPOSED, S.PROPOSED, ANSWERING, "Accepter"),
    T("agree", S.PROPOSED, S.AGREED, ANSWERING, "Constater les trois oui"),
    T("take_back", (S.PROPOSED, S.AGREED), S.PROPOSED, ANSWERING, "Retirer un oui", REASON),
    T("decline", S.PROPOSED, S.DECLINED, ANSWERING, "Décliner", REASON, DANGER),
    T("lapse", S.PROPOSED, S.LAPSED, "systeme", "Libérer sans réponse"),
    T("recall", S.PROPOSED, S.RECALLED, "reseau", "Reprendre la proposition", REASON, DANGER),
    T("lose", S.AGREED, S.LOST, LOSING, "Signaler un désistement", REASON, DANGER),
    T("free", S.AGREED, S.FREED, ("reseau", "systeme"), "Libérer la personne et la place", REASON),
)
