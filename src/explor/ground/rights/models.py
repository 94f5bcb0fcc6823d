"""The copy that a person asks for, and the mark of those who were erased."""

from django.db import models
from django.utils import timezone


class Status(models.TextChoices):
    """The progress of the making of a copy."""

    QUEUED = "queued", "en attente"
    RUNNING = "running", "en cours"
    READY = "ready", "prête"
    FAILED = "failed", "impossible"


class Copy(models.Model):
    """The copy of the data of one person: a ZIP file, which a new one replaces.

    `requested_at` identifies the request: a job that an older request deferred does nothing.
    """

    person = models.OneToOneField("accounts.Person", models.CASCADE, related_name="+")
    status = models.CharField("état", max_length=10, choices=Status, default=Status.QUEUED)
    progress = models.PositiveSmallIntegerField("avancement en %", default=0)
    file = models.FileField("fichier", upload_to="copies", max_length=120, blank=True)
    size = models.BigIntegerField("taille", default=0)
    requested_at = models.DateTimeField("demandée le", default=timezone.now)
    ready_at = models.DateTimeField("prête le", null=True, blank=True)

    class Meta:
        verbose_name = "copie de mes données"
        verbose_name_plural = "copies de mes données"

    def __str__(self) -> str:
        return f"copie du {self.requested_at:%Y-%m-%d}"


class Erased(models.Model):
    """The mark of a person who was erased; `key` is a digest that only their account gives."""

    person = models.BigIntegerField("personne", unique=True)
    key = models.CharField("empreinte du compte", max_length=64, unique=True)
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "personne effacée"
        verbose_name_plural = "personnes effacées"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.key[:8]}"
