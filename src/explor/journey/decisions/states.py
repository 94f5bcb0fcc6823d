"""The states of a decision and of an appeal, and their transitions."""

from django.db.models import TextChoices

from explor.ground.workflow.table import DANGER, REASON, T, Workflow

RESEAU, COMITE, SYSTEME = "reseau", "comite", "systeme"


class State(TextChoices):
    TO_DECIDE = "to_decide", "au comité"
    DECIDED = "decided", "décidé, non annoncé"
    ANNOUNCED = "announced", "annoncé"


TO_DECIDE, DECIDED, ANNOUNCED = State.TO_DECIDE, State.DECIDED, State.ANNOUNCED

# A decision is taken, then announced: two separate acts, each with its date.
DECISION = Workflow(
    "decision",
    State,
    T("decide", (TO_DECIDE, DECIDED), DECIDED, (RESEAU, COMITE), "Enregistrer la décision"),
    T("schedule_announcement", DECIDED, DECIDED, RESEAU, "Programmer l’annonce"),
    T("unschedule_announcement", DECIDED, DECIDED, (RESEAU, SYSTEME), "Retenir la lettre"),
    T("announce", DECIDED, ANNOUNCED, (RESEAU, SYSTEME), "Annoncer la décision"),
    T("reconsider", ANNOUNCED, TO_DECIDE, RESEAU, "Remettre au comité", REASON),
)


class AppealState(TextChoices):
    PENDING = "pending", "à examiner"
    GRANTED = "granted", "acceptée"
    REJECTED = "rejected", "rejetée"


PENDING, GRANTED, REJECTED = AppealState.PENDING, AppealState.GRANTED, AppealState.REJECTED

APPEAL = Workflow(
    "appeal",
    AppealState,
    T("grant", PENDING, GRANTED, RESEAU, "Remettre le dossier au comité", REASON),
    T("uphold", PENDING, REJECTED, RESEAU, "Maintenir la décision", REASON, DANGER),
)
