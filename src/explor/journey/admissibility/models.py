"""The review of a need, reasons of rejection, notes, documents, supplements and reminders."""

from typing import Any

from django.db import models
from django.utils import timezone

from explor.ground.workflow.models import VersionedModel


class Ground(models.TextChoices):
    """The reasons for which a need is rejected; a message of the officer completes them."""

    RULES = "rules", "Hors des règles de l’appel"
    MEMBER = "member", "Association peu active dans le réseau"
    FIELD = "field", "Expérience du terrain insuffisante"
    INTEREST = "interest", "Intérêt général non établi"
    MISSION = "mission", "Le besoin ne tient pas dans une mission courte"
    PARTNER = "partner", "Partenaire de terrain absent ou non confirmé"
    SAFETY = "safety", "Zone où une mission n’est pas possible"
    SILENCE = "silence", "Compléments demandés non reçus"
    DUPLICATE = "duplicate", "Besoin déjà déposé"
    OTHER = "other", "Autre motif"


class Review(models.Model):
    """A network's review of a need; never shown to the association.

    `answers` holds, by question, a dict of a `verdict` ("yes", "no" or "") and a `remark`. `ground`
    is the reason of a rejection.
    """

    need = models.OneToOneField("needs.Need", models.CASCADE, related_name="review")
    answers: "models.JSONField[Any, Any]" = models.JSONField("réponses", default=dict, blank=True)
    ground = models.CharField("motif du refus", max_length=10, choices=Ground, blank=True)
    filed_first_at = models.DateTimeField("déposé la première fois le", null=True, blank=True)
    late_reason = models.TextField("motif du dépôt tardif", blank=True)

    class Meta:
        verbose_name = "lecture de recevabilité"

    def __str__(self) -> str:
        return f"{self.need}"


class Note(models.Model):
    """A note on a need for the officers of the network, never shown to the association."""

    need = models.ForeignKey("needs.Need", models.CASCADE, related_name="notes")
    text = models.TextField("note")
    by = models.CharField("par", max_length=200)
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "note interne"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Paper(models.Model):
    """The document that an association submitted for a document requested by the call."""

    need = models.ForeignKey("needs.Need", models.CASCADE, related_name="papers")
    requested_paper = models.ForeignKey(
        "calls.RequestedPaper", models.PROTECT, related_name="given"
    )
    document = models.ForeignKey("files.Document", models.PROTECT, related_name="+")
    by = models.CharField("par", max_length=200)
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "document remis"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "requested_paper"],
                name="admissibility_paper_once",
                violation_error_message="Ce document est déjà remis.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.requested_paper}"


class Supplement(VersionedModel):
    """A request to an association for all that its need lacks, made once, with one deadline."""

    need = models.OneToOneField("needs.Need", models.CASCADE, related_name="supplement")
    message = models.TextField("message")
    answer_by = models.DateTimeField("à rendre avant le")
    by = models.CharField("par", max_length=200)
    requested_at = models.DateTimeField("demandé le", default=timezone.now)
    answered_at = models.DateTimeField("rendu le", null=True, blank=True)

    class Meta:
        verbose_name = "demande de compléments"
        verbose_name_plural = "demandes de compléments"
        indexes = [models.Index(fields=["answered_at", "answer_by"], name="supplement_waiting")]

    def __str__(self) -> str:
        return f"{self.need}"


class SupplementItem(models.Model):
    """An item of a request for supplements, about a field of the need or a requested document."""

    supplement = models.ForeignKey(Supplement, models.CASCADE, related_name="items")
    field = models.CharField("rubrique", max_length=40, blank=True)
    paper = models.ForeignKey(
        "calls.RequestedPaper", models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.CharField("ce qui manque", max_length=500, blank=True)
    answer = models.TextField("réponse", blank=True)
    document = models.ForeignKey(
        "files.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "complément demandé"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(field="") & models.Q(paper__isnull=False))
                | (~models.Q(field="") & models.Q(paper=None)),
                name="admissibility_item_on_one_thing",
                violation_error_message="Un complément porte sur une rubrique ou un document.",
            )
        ]

    def __str__(self) -> str:
        return self.text or str(self.paper)


class Reminder(models.Model):
    """The last reminder of a kind that was sent, which prevents sending it twice for a deadline."""

    class Kind(models.TextChoices):
        CLOSING_7 = "closing_7", "clôture dans 7 jours"
        CLOSING_2 = "closing_2", "clôture dans 2 jours"
        SUPPLEMENT_2 = "supplement_2", "compléments à rendre dans 2 jours"
        OVERDUE = "overdue", "compléments non rendus"

    need = models.ForeignKey("needs.Need", models.CASCADE, related_name="reminders")
    kind = models.CharField("sorte", max_length=14, choices=Kind)
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "rappel"
        constraints = [
            models.UniqueConstraint(
                fields=["need", "kind"],
                name="admissibility_reminder_once",
                violation_error_message="Ce rappel est déjà envoyé.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.need} : {self.get_kind_display()}"
