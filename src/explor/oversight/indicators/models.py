"""Public figures, computed by a job so that pages only read them."""

from django.db import models
from django.utils import timezone


class SettledFigures(models.Model):
    """The counts about people of one year, or of one quarter, made once and never changed.

    Only shown counts are stored, never a hidden count.
    """

    period = models.CharField("période", max_length=7, unique=True)
    figures = models.JSONField("chiffres")
    settled_at = models.DateTimeField("arrêtés le", default=timezone.now)

    class Meta:
        verbose_name = "chiffres arrêtés"
        verbose_name_plural = "chiffres arrêtés"
        ordering = ["period"]

    def __str__(self) -> str:
        return self.period


class Tally(models.Model):
    """The public figures of a year and a network; a blank year or network means all of them.

    A version of the software that changes the structure of `figures` must empty the table in a
    migration: until the job runs again, the page computes the figures itself.
    """

    year = models.PositiveSmallIntegerField("année", null=True, blank=True)
    network = models.ForeignKey("networks.Network", models.CASCADE, null=True, related_name="+")
    figures = models.JSONField("chiffres")
    computed_at = models.DateTimeField("calculés le", default=timezone.now)

    class Meta:
        verbose_name = "chiffres publics"
        verbose_name_plural = "chiffres publics"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "network"],
                nulls_distinct=False,
                name="indicators_tally_once",
                violation_error_message="Ces chiffres sont déjà calculés.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year or 'toutes les années'}, {self.network or 'tous les réseaux'}"
