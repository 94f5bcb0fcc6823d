"""Workflow of a change to the tables of the law: proposed by one person, approved by another."""

from django.db.models import TextChoices

from explor.ground.workflow.table import DANGER, REASON, T, Workflow


class State(TextChoices):
    PROPOSED = "proposed", "proposée"
    APPROVED = "approved", "en vigueur"
    DECLINED = "declined", "refusée"
    WITHDRAWN = "withdrawn", "retirée"
    REPLACED = "replaced", "remplacée"


S = State
COORDINATION = "coordination"

LAW_AMENDMENT = Workflow(
    "law_amendment",
    State,
    T("approve_change", S.PROPOSED, S.APPROVED, COORDINATION, "Approuver ce changement"),
    T("decline_change", S.PROPOSED, S.DECLINED, COORDINATION, "Refuser ce changement", REASON),
    T("withdraw_change", S.PROPOSED, S.WITHDRAWN, COORDINATION, "Retirer ma proposition", DANGER),
    T("keep_own", S.APPROVED, S.APPROVED, COORDINATION, "Garder notre texte"),
    T("replace_change", S.APPROVED, S.REPLACED, COORDINATION, "Remplacer"),
)
