"""Searches followed by email, without an account."""

import secrets

from django.db import models
from django.utils import timezone


def new_token() -> str:
    """Return a random secret for the personal link of an alert."""
    return secrets.token_urlsafe(24)


class Alert(models.Model):
    """An email address that follows a search.

    New sheets are emailed once the address is confirmed. The row is deleted when its owner stops
    following the search.
    """

    email = models.EmailField("adresse électronique")
    search = models.CharField("recherche", max_length=1000, blank=True)
    token = models.CharField("jeton", max_length=64, unique=True, default=new_token)
    requested_at = models.DateTimeField("demandée le", default=timezone.now)
    confirmed_at = models.DateTimeField("confirmée le", null=True, blank=True)
    notified_until = models.DateTimeField("prévenue jusqu’au", default=timezone.now)

    class Meta:
        verbose_name = "recherche suivie"
        verbose_name_plural = "recherches suivies"
        constraints = [
            models.UniqueConstraint(
                fields=["email", "search"],
                name="directory_alert_once",
                violation_error_message="Cette recherche est déjà suivie.",
            )
        ]

    def __str__(self) -> str:
        return self.search or "toutes les fiches"
