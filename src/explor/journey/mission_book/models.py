"""The diary of a mission, and the devices that keep the mission book offline."""

import uuid

from django.db import models

from explor.ground.encryption.fields import EncryptedTextField, RowKey
from explor.ground.http.actor import Actor
from explor.ground.workflow.models import VersionedModel

LONGEST = 4000  # characters of one answer


class DiaryEntryQuerySet(models.QuerySet["DiaryEntry"]):
    def visible_to(self, actor: Actor) -> "DiaryEntryQuerySet":
        """Keep the diary entries that `actor`, an expert or a network, may read."""
        if actor.role == "expert":
            return self.filter(mission__expert__person=actor.person)
        if actor.role == "reseau":
            return self.filter(mission__network=actor.scope)
        return self.none()


class DiaryEntry(VersionedModel):
    """The expert's diary entry for one day of a mission: three answers, encrypted.

    `uuid` is made by the device that wrote the entry, so that sending it twice saves one entry.
    """

    id = RowKey(primary_key=True)
    mission = models.ForeignKey("missions.Mission", models.CASCADE, related_name="diary")
    uuid = models.UUIDField("identifiant de la note", default=uuid.uuid4, editable=False)
    day = models.DateField("jour")
    done = EncryptedTextField("ce qui a été fait", max_length=LONGEST, blank=True)
    learned = EncryptedTextField("ce que vous avez appris", max_length=LONGEST, blank=True)
    watch = EncryptedTextField("ce qu’il faut surveiller", max_length=LONGEST, blank=True)

    objects = DiaryEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "note de carnet"
        verbose_name_plural = "notes de carnet"
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(
                fields=["mission", "uuid"],
                name="mission_book_entry_once",
                violation_error_message="Cette note est déjà enregistrée.",
            ),
            models.UniqueConstraint(
                fields=["mission", "day"],
                name="mission_book_entry_a_day",
                violation_error_message="Ce jour a déjà une note : ouvrez-la pour la corriger.",
            ),
        ]

    def __str__(self) -> str:
        return f"Carnet du {self.day:%d/%m/%Y}"

    @property
    def answers(self) -> dict[str, str]:
        """Return the three answers of the diary entry, by field name."""
        return {name: str(getattr(self, name)) for name in ANSWERS}


ANSWERS = ("done", "learned", "watch")


class DeviceQuerySet(models.QuerySet["Device"]):
    def visible_to(self, actor: Actor) -> "DeviceQuerySet":
        """Keep the mission book devices that `actor`, an expert or a network, may see."""
        if actor.role == "expert":
            return self.filter(person=actor.person, mission__expert__person=actor.person)
        if actor.role == "reseau":
            return self.filter(mission__network=actor.scope)
        return self.none()


class Device(VersionedModel):
    """A device that keeps the book of one mission offline, with the digest of its secret key.

    The key only allows to add or correct entries of this mission, never to read them. The key
    expires some days after the mission, see `rules.ends_on`, or once the device is withdrawn.
    """

    mission = models.ForeignKey("missions.Mission", models.CASCADE, related_name="book_devices")
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    label = models.CharField("appareil", max_length=80)
    key_digest = models.CharField("empreinte de la clé", max_length=64, unique=True)
    last_used_at = models.DateTimeField("dernier envoi", null=True, blank=True)
    revoked_at = models.DateTimeField("retiré le", null=True, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = "appareil qui garde un carnet"
        verbose_name_plural = "appareils qui gardent un carnet"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.label
