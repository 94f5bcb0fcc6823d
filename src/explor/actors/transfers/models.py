"""Transfers of organisations between networks, with the consents of the three parties."""

from django.db import models

from explor.actors.organisations.models import Organisation
from explor.ground.http.actor import Actor
from explor.ground.workflow.models import WorkflowModel

from .states import TRANSFER, TransferState


class TransferQuerySet(models.QuerySet["Transfer"]):
    def visible_to(self, actor: Actor) -> "TransferQuerySet":
        """Return the transfers that `actor` may see.

        An organisation sees its own transfers, a network those in which it is the giver or the
        receiver.
        """
        if actor.role == "reseau":
            return self.filter(models.Q(giver=actor.scope) | models.Q(receiver=actor.scope))
        if actor.role in ("association", "employeur"):
            return self.filter(organisation=actor.scope, organisation__kind=actor.role)
        return self.none()


class Transfer(WorkflowModel):
    """A request to move an organisation to another network, done once the three parties consent."""

    workflow = TRANSFER

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="transfers")
    giver = models.ForeignKey("networks.Network", models.PROTECT, related_name="leaving")
    receiver = models.ForeignKey("networks.Network", models.PROTECT, related_name="coming")
    state = models.CharField(
        "état", max_length=10, choices=TransferState, default=TransferState.OPEN
    )
    message = models.TextField(
        "pourquoi ?",
        max_length=2000,
        blank=True,
        help_text="Les deux réseaux et l’organisation liront ces mots.",
    )
    requested_by = models.CharField("demandé par", max_length=10)
    reason = models.TextField("motif du refus", blank=True)
    own_at = models.DateTimeField("accord de l’organisation", null=True, blank=True)
    giver_at = models.DateTimeField("accord du réseau quitté", null=True, blank=True)
    receiver_at = models.DateTimeField("accord du réseau rejoint", null=True, blank=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = "transfert"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(state=TransferState.OPEN),
                name="transfers_transfer_once",
                violation_error_message="Un transfert est déjà demandé.",
            ),
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("receiver")),
                name="transfers_transfer_elsewhere",
                violation_error_message="L’organisation est déjà dans ce réseau.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} vers {self.receiver}"
