"""Travel advice as read: what the ministry advised on a place on one day; never deleted."""

from datetime import date
from enum import StrEnum

from django.db import models
from django.db.models import Q
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.reference.selectors import label, term


class Zone(StrEnum):
    """The risk colours of the ministry; the reference lists hold their wording."""

    GREEN = "V"
    YELLOW = "J"
    ORANGE = "O"
    RED = "R"


class Status(StrEnum):
    """The status that the ministry gives to a country, besides the colours of its zones."""

    OPEN = "open"
    APPROVAL = "approval"
    CLOSED = "closed"


class AdviceQuerySet(models.QuerySet["Advice"]):
    def visible_to(self, actor: Actor) -> "AdviceQuerySet":
        """Return the advice `actor` may see: all for networks, coordination and the system."""
        return self if actor.role in ("reseau", "coordination", "systeme") else self.none()

    def in_force(self, on: date) -> "AdviceQuerySet":
        """Return, for each place, the last advice read on or before the day `on`; oldest first."""
        last = (
            self.filter(read_on__lte=on)
            .order_by("country", "place_key", "-read_on", "-pk")
            .distinct("country", "place_key")
        )
        return self.filter(pk__in=last.values("pk")).order_by("read_on", "country", "place_key")


class Advice(models.Model):
    """The ministry's advice on a place, as an officer read it on one day; never changed.

    A later row on the same place replaces it. `place` is blank for a whole country; `place_key` is
    `place` without accents or punctuation.
    """

    country = models.CharField("pays", max_length=2)
    place = models.CharField("lieu", max_length=120, blank=True)
    place_key = models.CharField("lieu simplifié", max_length=120, blank=True, editable=False)
    zone = models.CharField("couleur", max_length=1)
    country_status = models.CharField("statut du pays", max_length=8, default=Status.OPEN)
    read_on = models.DateField("relevé le")
    url = models.URLField("page consultée", max_length=500)
    text = models.TextField("texte", blank=True)
    read_by = models.BigIntegerField("relevé par (numéro)", null=True, blank=True)
    read_by_name = models.CharField("relevé par", max_length=200)
    created_at = models.DateTimeField("créé le", default=timezone.now, editable=False)

    objects = AdviceQuerySet.as_manager()

    class Meta:
        verbose_name = "relevé des conseils aux voyageurs"
        verbose_name_plural = "relevés des conseils aux voyageurs"
        ordering = ["-read_on", "-pk"]
        indexes = [
            models.Index(
                fields=["country", "place_key", "-read_on", "-id"], name="travel_advice_place"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(country__regex=r"^[A-Z]{2}$"),
                name="travel_advice_country",
                violation_error_message="Indiquez le pays par son code de deux lettres.",
            ),
            models.CheckConstraint(
                condition=Q(zone__in=list(Zone)),
                name="travel_advice_zone",
                violation_error_message="Choisissez une des quatre couleurs.",
            ),
            models.CheckConstraint(
                condition=Q(country_status__in=list(Status)),
                name="travel_advice_status",
                violation_error_message="Dites si le pays est ouvert, avec ou sans validation.",
            ),
            models.CheckConstraint(
                condition=Q(place="", place_key="") | ~Q(place="") & ~Q(place_key=""),
                name="travel_advice_place_key",
                violation_error_message="Le lieu doit contenir des lettres ou des chiffres.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.where}, {self.read_on:%d/%m/%Y}"

    @property
    def country_name(self) -> str:
        """Return the French name of the country that the advice is about."""
        return label("countries", self.country)

    @property
    def where(self) -> str:
        """Return the country, with the place when the advice is not about the whole country."""
        return f"{self.country_name}, {self.place}" if self.place else self.country_name

    @property
    def colour(self) -> str:
        """Return the French name of the colour of the risk zone, such as « orange »."""
        return term("travel_zones", self.zone).extra["colour"]

    @property
    def zone_label(self) -> str:
        """Return the official French wording of the risk zone."""
        return label("travel_zones", self.zone)

    @property
    def status_label(self) -> str:
        """Return in French the status that the ministry gives to the country, such as closed."""
        return label("country_statuses", self.country_status)
