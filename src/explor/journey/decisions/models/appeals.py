"""The appeal of an association against a decision."""

from django.db import models

from explor.ground.http.actor import Actor
from explor.ground.workflow.models import WorkflowModel

from ..states import APPEAL, AppealState


class AppealQuerySet(models.QuerySet["Appeal"]):
    def visible_to(self, actor: Actor) -> "AppealQuerySet":
        """Keep the appeals that `actor` may see.

        A network sees those on its needs, the system all of them, any other role none.
        """
        if actor.role == "reseau":
            return self.filter(need__network=actor.scope)
        return self if actor.role == "systeme" else self.none()


class Appeal(WorkflowModel):
    """A request to review the decision on a need; `contested` is the label of its verdict."""

    workflow = APPEAL

    need = models.OneToOneField("needs.Need", models.CASCADE, related_name="appeal")
    state = models.CharField("état", max_length=8, choices=AppealState, default=AppealState.PENDING)
    contested = models.CharField("décision contestée", max_length=60)
    text = models.TextField("demande")
    by = models.CharField("par", max_length=200)
    answer = models.TextField("réponse", blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = "demande de réexamen"
        verbose_name_plural = "demandes de réexamen"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Réexamen : {self.need}"
