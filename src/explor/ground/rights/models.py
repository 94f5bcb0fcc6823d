"""Models of the copy of personal data, of erasure requests, and of the marks of erased people."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone


class Status(models.TextChoices):
    """The progress of a copy of personal data."""

    QUEUED = "queued", "en attente"
    RUNNING = "running", "en cours"
    READY = "ready", "prête"
    FAILED = "failed", "impossible"


class Copy(models.Model):
    """The copy of the data of one person: a ZIP file, which a newer copy replaces.

    `requested_at` identifies the request: a job queued by an older request does nothing.
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


class Stage(models.TextChoices):
    """The progress of an erasure."""

    QUEUED = "queued", "en attente"
    RUNNING = "running", "en cours"
    DONE = "done", "faite"
    BLOCKED = "blocked", "empêchée"


def new_code() -> str:
    """Return a random code for the URL of an erasure, which nobody can guess."""
    return uuid4().hex


class ErasureRequest(models.Model):
    """An erasure requested by a person; the person is removed from the row once it has ended."""

    person = models.OneToOneField("accounts.Person", models.CASCADE, null=True, related_name="+")
    code = models.CharField("code de la page", max_length=32, unique=True, default=new_code)
    stage = models.CharField("avancement", max_length=10, choices=Stage, default=Stage.QUEUED)
    requested_at = models.DateTimeField("demandé le", default=timezone.now)
    started_at = models.DateTimeField("commencé le", null=True, blank=True)
    ended_at = models.DateTimeField("fini le", null=True, blank=True)

    class Meta:
        verbose_name = "demande d’effacement"
        verbose_name_plural = "demandes d’effacement"

    def __str__(self) -> str:
        return f"effacement demandé le {self.requested_at:%Y-%m-%d}"


class Erased(models.Model):
    """The mark of a person who was erased; `key` is a keyed digest that identifies their account.

    `addresses` holds for a year the keyed digests of their addresses, so that no imported file
    invites them again.
    """

    person = models.BigIntegerField("personne", unique=True)
    key = models.CharField("empreinte du compte", max_length=64, unique=True)
    addresses = ArrayField(
        models.CharField(max_length=64),
        verbose_name="empreintes des adresses",
        default=list,
        db_default=[],
        blank=True,
    )
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "personne effacée"
        verbose_name_plural = "personnes effacées"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.key[:8]}"
