"""The emergency contact of the expert of a mission, stored encrypted."""

from django.db import models

from explor.ground.encryption.fields import EncryptedNumberField, EncryptedTextField, RowKey
from explor.ground.http.actor import Actor
from explor.ground.workflow.models import VersionedModel
from explor.journey.missions.states import states_where

# The network reads a contact until the return; the expert who gave it, until it is erased.
READABLE = states_where(is_over=False, travels=True)


class EmergencyContactQuerySet(models.QuerySet["EmergencyContact"]):
    def visible_to(self, actor: Actor) -> "EmergencyContactQuerySet":
        """Keep the emergency contacts that `actor` may read.

        An expert reads the contacts that they gave, a network the contacts of its missions in
        preparation or under way, the system all contacts.
        """
        if actor.role == "expert":
            return self.filter(mission__expert__person=actor.person)
        if actor.role == "reseau":
            return self.filter(mission__network=actor.scope, mission__state__in=READABLE)
        return self if actor.role == "systeme" else self.none()


class EmergencyContact(VersionedModel):
    """The person to call about the expert of a mission; every value is encrypted."""

    id = RowKey(primary_key=True)
    mission = models.OneToOneField(
        "missions.Mission", models.CASCADE, related_name="emergency_contact"
    )
    name = EncryptedTextField("son nom", max_length=120)
    tie = EncryptedTextField("son lien avec vous", max_length=60)
    phone = EncryptedNumberField("son téléphone", max_length=30)
    language = EncryptedTextField("langue dans laquelle lui parler", max_length=3)

    objects = EmergencyContactQuerySet.as_manager()

    class Meta:
        verbose_name = "personne à prévenir"
        verbose_name_plural = "personnes à prévenir"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"personne à prévenir de la mission {self.mission_id}"
