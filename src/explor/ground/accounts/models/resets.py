"""The reset of a second factor, which one administrator requests and another approves."""

from django.db import models
from django.db.models import F, Q

from explor.ground.workflow.models import WorkflowModel

from ..states import FACTOR_RESET, ResetState


class FactorReset(WorkflowModel):
    """A request to remove the second factor of a person who can no longer use it.

    `requested_by` and `decided_by` are primary keys of persons. Any administrator may decline the
    request; only one who did not make it may approve it.
    """

    workflow = FACTOR_RESET

    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="factor_resets")
    reason = models.CharField(
        "motif", max_length=500, help_text="Comment vous savez que c’est bien cette personne."
    )
    requested_by = models.BigIntegerField("demandée par")
    decided_by = models.BigIntegerField("décidée par", null=True, blank=True)
    state = models.CharField(
        "état", max_length=10, choices=ResetState, default=ResetState.REQUESTED
    )

    class Meta:
        verbose_name = "remise à zéro du second facteur"
        verbose_name_plural = "remises à zéro du second facteur"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state=ResetState.REQUESTED),
                name="accounts_reset_one_request",
                violation_error_message="Une demande est déjà en attente pour cette personne.",
            ),
            models.CheckConstraint(
                condition=~Q(state=ResetState.APPROVED)
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("requested_by"))),
                name="accounts_reset_two_people",
                violation_error_message="Une autre personne que la première doit approuver.",
            ),
            models.CheckConstraint(
                condition=~Q(requested_by=F("person")),
                name="accounts_reset_for_another",
                violation_error_message="Personne ne demande la sienne.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_state_display()}"
