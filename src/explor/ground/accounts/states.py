"""The workflow that removes a second factor: one administrator requests, another decides."""

from django.db.models import TextChoices

from explor.ground.workflow.table import DANGER, REASON, T, Workflow


class ResetState(TextChoices):
    REQUESTED = "requested", "demandée"
    APPROVED = "approved", "approuvée"
    DECLINED = "declined", "refusée"


S = ResetState
ADMIN = "administration"

FACTOR_RESET = Workflow(
    "factor_reset",
    ResetState,
    T("approve_reset", S.REQUESTED, S.APPROVED, ADMIN, "Approuver la remise à zéro", DANGER),
    T("decline_reset", S.REQUESTED, S.DECLINED, ADMIN, "Refuser la remise à zéro", REASON),
)
