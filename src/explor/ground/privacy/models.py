"""The reports of the purges, and the notices sent before data are erased."""

from django.db import models
from django.utils import timezone


class PurgeReport(models.Model):
    """A purge: what it erased by kind of data, and what it kept, with the reasons.

    `lines` holds a dictionary for each kind of data: its key, its label, the number of rows that
    were erased, of people who were warned, and {reason: number} of the rows kept. `ended_at` is
    None for a purge that was stopped midway, or that still runs.
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
    """The notice sent to the person of a row before its data are erased, once.

    `key` is that of the purge. The notice is deleted when the data are kept after all.
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
