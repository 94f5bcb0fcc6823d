"""The reports of the purges, and the notices sent before data are erased."""

from django.db import models
from django.utils import timezone


class PurgeReport(models.Model):
    """The result of a purge: by kind of data, what was erased and kept, with the reasons.

    `lines` holds one dictionary for each kind of data: its key and label, the numbers of rows
    erased and of people warned, and {reason: number} for the rows kept. `ended_at` is None if the
    purge is still running or was killed.
    """

    started_at = models.DateTimeField("commencée le", default=timezone.now)
    ended_at = models.DateTimeField("finie le", null=True, blank=True)
    lines = models.JSONField("lignes", default=list, blank=True)

    class Meta:
        verbose_name = "rapport d’effacement"
        verbose_name_plural = "rapports d’effacement"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class Notice(models.Model):
    """The record of a notice, sent once to a person before the data of a row are erased.

    `key` is the key of the `Purge`. The record is deleted if the data are kept after all.
    """

    key = models.CharField("effacement", max_length=40)
    subject = models.BigIntegerField("numéro")
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "préavis d’effacement"
        verbose_name_plural = "préavis d’effacement"
        constraints = [
            models.UniqueConstraint(
                fields=["key", "subject"],
                name="privacy_notice_once",
                violation_error_message="Ce préavis est déjà envoyé.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.subject}"
