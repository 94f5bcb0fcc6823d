"""The log of accesses, kept for a year then erased, and whether a network records readings.

An access is a sign-in, a sign-out, a refused action or a reading of sensitive data.
"""

from django.db import models
from django.utils import timezone

from .columns import append_only, transaction_column


class Access(models.Model):
    """A sign-in, a refused action or a reading, without the data that was typed or read.

    `person` is a primary key, never a name. `what` names the action or the data; `kind` and
    `subject` identify the row; `network` is the primary key of the network concerned, if any.
    """

    class Type(models.TextChoices):
        SIGN_IN = "sign_in", "connexion"
        FAILURE = "failure", "connexion refusée"
        SIGN_OUT = "sign_out", "déconnexion"
        REFUSAL = "refusal", "acte refusé"
        READING = "reading", "lecture"

    at = models.DateTimeField("le", default=timezone.now, db_index=True)
    person = models.BigIntegerField("personne", null=True, db_index=True)
    role = models.CharField("casquette", max_length=40, blank=True)
    key = models.CharField("au titre de", max_length=120, blank=True)
    act = models.CharField("sorte", max_length=8, choices=Type)
    what = models.CharField("quoi", max_length=120, blank=True)
    kind = models.CharField("dossier", max_length=80, blank=True)
    subject = models.BigIntegerField("numéro", null=True)
    network = models.BigIntegerField("réseau", null=True)
    digest = models.CharField("empreinte", max_length=64)
    transaction = transaction_column()

    class Meta:
        verbose_name = "accès"
        verbose_name_plural = "accès"
        indexes = [models.Index(fields=["network", "-at"], name="audit_access_network")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act} {self.what}"


class Watch(models.Model):
    """Whether readings of a network's data are recorded; True if the network has no row."""

    network = models.BigIntegerField("réseau", primary_key=True)
    on = models.BooleanField("lectures notées", default=True)

    class Meta:
        verbose_name = "suivi des lectures"
        verbose_name_plural = "suivis des lectures"

    def __str__(self) -> str:
        return f"réseau {self.network} : {'oui' if self.on else 'non'}"
