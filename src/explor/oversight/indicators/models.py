"""Figures counted by a job, so that a page only reads them."""

from django.db import models
from django.utils import timezone


class Tally(models.Model):
    """The public figures of a year and a network; without one or the other, of all of them.

    A release that changes the shape of `figures` empties the table in its migration: until the next
    count, the page counts by itself.
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
