"""Nominations: a person whom an employer names for a need, until the person answers."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from explor.ground.http.actor import Actor
from explor.ground.workflow.models import WorkflowModel

from .states import NOMINATION, State


class NominationQuerySet(models.QuerySet["Nomination"]):
    def visible_to(self, actor: Actor) -> "NominationQuerySet":
        """Return the nominations that `actor` may see.

        An employer sees its nominations, a network those for its needs, the system all nominations.
        """
        if actor.role == "employeur":
            return self.filter(employer=actor.scope)
        if actor.role == "reseau":
            return self.filter(need__network=actor.scope)
        return self if actor.role == "systeme" else self.none()

    def old(self, before: datetime) -> "NominationQuerySet":
        """Return the nominations made before a moment that still contain personal data."""
        return self.filter(created_at__lt=before).exclude(email="")

    def with_old_digest(self, before: datetime) -> "NominationQuerySet":
        """Return the nominations made before a moment that still have the digest of an address."""
        return self.filter(created_at__lt=before).exclude(address_digest="")


class Nomination(WorkflowModel):
    """A person nominated by their employer for a need.

    The name, address, job and message are erased once the person declines or the employer
    withdraws, or after the retention term `nomination`. Only the employer, who wrote them, and the
    person can read them; `expert` is the profile of a person who accepted, which others see
    according to its own consents. `address_digest` is a keyed digest of the address, kept longer so
    that the person is not asked again.
    """

    workflow = NOMINATION

    need = models.ForeignKey("needs.Need", models.CASCADE, related_name="nominations")
    employer = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, related_name="nominations"
    )
    state = models.CharField("état", max_length=10, choices=State, default=State.SENT)
    name = models.CharField("prénom et nom", max_length=200, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    job = models.CharField("métier", max_length=200, blank=True)
    word = models.TextField(
        "un mot pour cette personne", max_length=1000, blank=True, help_text="Elle le lira."
    )
    by = models.CharField("proposée par", max_length=200)
    digest = models.CharField("empreinte du lien", max_length=64, blank=True)
    address_digest = models.CharField("empreinte de l’adresse", max_length=64, blank=True)
    expert = models.ForeignKey(
        "experts.Expert", models.SET_NULL, null=True, blank=True, related_name="nominations"
    )

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = "personne proposée"
        verbose_name_plural = "personnes proposées"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "email"],
                condition=~Q(email=""),
                name="nominations_person_once",
                violation_error_message="Cette personne est déjà proposée pour cette mission.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("sent", "joined")) | Q(name="", email="", job="", word=""),
                name="nominations_data_erased",
                violation_error_message="Les données de cette personne doivent être effacées.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employer} pour {self.need}"
