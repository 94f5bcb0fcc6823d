"""Referrals: requests to experts to open their profile to another network, for a need."""

from datetime import date

from django.db import models
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.workflow.models import WorkflowModel

from .states import REFERRAL, State


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, actor: Actor) -> "ReferralQuerySet":
        """Keep the referrals that `actor` may see.

        An expert sees the referrals addressed to them, a network the referrals that it sent, the
        system all referrals.
        """
        if actor.role == "expert":
            return self.filter(expert__person=actor.person)
        if actor.role == "reseau":
            return self.filter(sender=actor.scope)
        return self if actor.role == "systeme" else self.none()

    def late(self, today: date) -> "ReferralQuerySet":
        """Return the referrals without an answer whose last day to answer is before `today`."""
        return self.filter(state=State.REQUESTED, until__lt=today)


class Referral(WorkflowModel):
    """A request of the network `sender` to an expert, to open the profile to the network `network`.

    `need` is the need of `network` for which the expert could be proposed.
    """

    workflow = REFERRAL

    expert = models.ForeignKey("experts.Expert", models.CASCADE, related_name="referrals")
    need = models.ForeignKey("needs.Need", models.CASCADE, related_name="referrals")
    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="+")
    sender = models.ForeignKey("networks.Network", models.CASCADE, related_name="referrals")
    state = models.CharField("état", max_length=10, choices=State, default=State.REQUESTED)
    message = models.TextField("mot du réseau", blank=True)
    until = models.DateField("réponse attendue avant le", default=timezone.localdate)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = "ouverture à un autre réseau"
        verbose_name_plural = "ouvertures à un autre réseau"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "until"], name="referral_clock")]
        constraints = [
            models.UniqueConstraint(
                fields=["expert", "need"],
                name="referrals_once",
                violation_error_message="La question a déjà été posée à cette personne.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.expert} vers {self.network}"
