"""Files of members: what was read of each line, and what became of it."""

from typing import Any

from django.db import models

from explor.actors.organisations.models import Organisation
from explor.ground.common.actor import Actor
from explor.ground.common.models import Gated

from .states import MEMBER_IMPORT, TRANSFER, FileState, TransferState


class What(models.TextChoices):
    ASSOCIATIONS = "association", "associations"
    EMPLOYERS = "employeur", "employeurs"
    EXPERTS = "expert", "expertes et experts"


class MemberImportQuerySet(models.QuerySet["MemberImport"]):
    def visible_to(self, actor: Actor) -> "MemberImportQuerySet":
        """A network sees its own."""
        return self.filter(network=actor.scope) if actor.hat == "reseau" else self.none()


class MemberImport(Gated):
    """A file of associations, employers or experts; stopped, resumed, undone as a whole.

    The file itself and the rows shown of it go as soon as the import is made or undone: they hold
    columns that nobody asked for.
    """

    workflow = MEMBER_IMPORT

    network = models.ForeignKey("networks.Network", models.PROTECT, related_name="member_imports")
    state = models.CharField("état", max_length=10, choices=FileState, default=FileState.MAPPING)
    what = models.CharField("contenu", max_length=12, choices=What)
    name = models.CharField("nom du fichier", max_length=200)
    file = models.FileField("fichier", upload_to="members/%Y/%m", max_length=120)
    columns = models.JSONField("colonnes", default=list, blank=True)
    shown = models.JSONField("premières lignes", default=list, blank=True)
    chosen = models.JSONField("colonnes choisies", default=dict, blank=True)
    note = models.TextField("remarque", blank=True)
    stop_asked = models.BooleanField("arrêt demandé", default=False)

    objects = MemberImportQuerySet.as_manager()

    class Meta:
        verbose_name = "import de membres"
        verbose_name_plural = "imports de membres"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class MemberLineQuerySet(models.QuerySet["MemberLine"]):
    def to_make(self) -> "MemberLineQuerySet":
        """Understood and not yet made; a likely double only if the officer asked for it."""
        wanted = models.Q(double="") | models.Q(keep=True, final=False)
        return self.filter(wanted, made=False, content__isnull=False)

    def to_invite(self) -> "MemberLineQuerySet":
        """Made, with an address nobody has written to."""
        return self.filter(made=True, invited_at=None).exclude(email="")


class MemberLine(models.Model):
    """One line: what its mapped columns say, its faults, and the organisation it became.

    An expert's line is all that is kept of them until they accept an invitation.
    """

    batch = models.ForeignKey(MemberImport, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField("ligne")
    title = models.CharField("nom", max_length=200)
    email = models.EmailField("adresse électronique", blank=True)
    content: Any = models.JSONField("contenu", null=True, blank=True)
    faults = models.JSONField("fautes", default=list, blank=True)
    double = models.CharField("double", max_length=300, blank=True)
    final = models.BooleanField("double certain", default=False)
    keep = models.BooleanField("à inscrire quand même", default=False)
    made = models.BooleanField("inscrite", default=False)
    organisation = models.OneToOneField(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="import_line"
    )
    invited_at = models.DateTimeField("invitée le", null=True, blank=True)

    objects = MemberLineQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne de membres"
        verbose_name_plural = "lignes de membres"
        ordering = ["number"]
        indexes = [models.Index(fields=["email"], name="membership_line_email")]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "number"],
                name="membership_line_once",
                violation_error_message="Cette ligne est déjà lue.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class TransferQuerySet(models.QuerySet["Transfer"]):
    def visible_to(self, actor: Actor) -> "TransferQuerySet":
        """The organisation, the network it leaves and the one it joins."""
        if actor.hat == "reseau":
            return self.filter(models.Q(giver=actor.scope) | models.Q(receiver=actor.scope))
        if actor.hat in ("association", "employeur"):
            return self.filter(organisation=actor.scope, organisation__kind=actor.hat)
        return self.none()


class Transfer(Gated):
    """An organisation goes to another network once the three have said yes."""

    workflow = TRANSFER

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="transfers")
    giver = models.ForeignKey("networks.Network", models.PROTECT, related_name="leaving")
    receiver = models.ForeignKey("networks.Network", models.PROTECT, related_name="coming")
    state = models.CharField(
        "état", max_length=10, choices=TransferState, default=TransferState.OPEN
    )
    message = models.TextField("pourquoi", blank=True)
    asked_by = models.CharField("demandé par", max_length=10)
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
                name="membership_transfer_once",
                violation_error_message="Un transfert est déjà demandé.",
            ),
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("receiver")),
                name="membership_transfer_elsewhere",
                violation_error_message="L’organisation est déjà dans ce réseau.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} vers {self.receiver}"
