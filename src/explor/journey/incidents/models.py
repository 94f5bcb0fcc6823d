"""Incidents of missions, the measures taken, and the readers of confidential reports."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from explor.actors.experts.selectors import tied_organisations
from explor.actors.networks.models import Officer
from explor.ground.encryption.fields import EncryptedTextField, RowKey
from explor.ground.http.actor import Actor
from explor.ground.workflow.models import WorkflowModel

from .states import INCIDENT, Level, State


class ConfidentialReader(models.Model):
    """An officer whom the directors of a network designated to read its confidential reports."""

    officer = models.OneToOneField(Officer, models.CASCADE, related_name="reads_reports")

    class Meta:
        verbose_name = "personne désignée pour lire les signalements confidentiels"
        verbose_name_plural = "personnes désignées pour lire les signalements confidentiels"

    def __str__(self) -> str:
        return str(self.officer)


def readers_of(
    network: int | None,
) -> "tuple[models.QuerySet[Officer], models.QuerySet[Officer]]":
    """Return two queries: a network's designated readers of confidential reports, its directors.

    The directors only read a report that no designated officer may read: when nobody is designated,
    or when each of them takes part in the mission. Officers whose account is locked are left out.
    """
    able = Officer.objects.filter(network=network, person__is_active=True)
    designated = able.filter(reads_reports__isnull=False)
    return designated, able.filter(position=Officer.Position.DIRECTION, reads_reports=None)


def confided_to(actor: Actor) -> Q:
    """Return the filter of the incidents that an officer may read if they are confidential."""
    designated, directors = readers_of(actor.scope)
    tied = tied_organisations(OuterRef(OuterRef(OuterRef("person"))))  # to each designated officer
    able = designated.exclude(person=OuterRef("mission__expert__person")).exclude(
        Exists(tied.filter(pk=OuterRef(OuterRef("mission__association"))))
    )
    reads = Q(Exists(designated.filter(person=actor.person)))
    directs = Q(Exists(directors.filter(person=actor.person))) & ~Exists(able)
    return (reads | directs) & ~takes_part(actor.person)


def takes_part(person: int | None) -> Q:
    """Return the filter of the incidents whose mission has this person as expert or association.

    A person counts as the association when they act or work for it.
    """
    tied = tied_organisations(person).values("pk")
    return Q(mission__expert__person=person) | Q(mission__association__in=tied)


class IncidentQuerySet(models.QuerySet["Incident"]):
    def visible_to(self, actor: Actor) -> "IncidentQuerySet":
        """Keep the incidents that `actor` may read.

        A network reads the incidents of its missions, an expert or an association the incidents
        that they reported. A confidential report is read only by the designated officers, or by the
        directors when no designated officer may read it; nobody who takes part in the mission may,
        as the report may be about that person. The system reads all incidents.
        """
        if actor.role == "reseau":
            own = self.filter(mission__network=actor.scope)
            return own.filter(Q(confidential=False) | confided_to(actor))
        open_ones = self.filter(party=actor.role, confidential=False)
        if actor.role == "association":
            return open_ones.filter(mission__association=actor.scope)
        if actor.role == "expert":
            return open_ones.filter(mission__expert__person=actor.person)
        return self if actor.role == "systeme" else self.none()


class Incident(WorkflowModel):
    """An event during a mission; its texts are encrypted.

    `accident` is true when somebody is hurt or ill, so that an accident must be declared. `party`
    is the role of the reporter; `reporter` is their person, None for a field partner.
    """

    workflow = INCIDENT
    number_letter = "I"

    id = RowKey(primary_key=True)
    mission = models.ForeignKey("missions.Mission", models.PROTECT, related_name="incidents")
    state = models.CharField("état", max_length=8, choices=State, default=State.OPEN)
    level = models.CharField("niveau", max_length=12, choices=Level)
    accident = models.BooleanField("quelqu’un est blessé ou malade", default=False)
    confidential = models.BooleanField("signalement confidentiel", default=False, editable=False)
    on = models.DateField("jour")
    place = EncryptedTextField("lieu", max_length=200, blank=True)
    what = EncryptedTextField("ce qui s’est passé", max_length=5000, blank=True)
    done = EncryptedTextField("ce qui a déjà été fait", max_length=3000, blank=True)
    party = models.CharField("signalé par", max_length=12)
    reporter = models.ForeignKey(
        "accounts.Person", models.SET_NULL, null=True, related_name="reported_incidents"
    )

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = "incident"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        level = "signalement confidentiel" if self.confidential else self.get_level_display()
        return f"{self.file_number}, {level}"


class Measure(models.Model):
    """What was done about an incident, and who was informed when; never changed once saved."""

    id = RowKey(primary_key=True)
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="measures")
    at = models.DateTimeField("quand")
    what = EncryptedTextField("ce qui a été fait", max_length=3000)
    informed = EncryptedTextField("qui a été prévenu", max_length=500, blank=True)
    author = models.ForeignKey(
        "accounts.Person", models.SET_NULL, null=True, related_name="incident_measures"
    )
    written_at = models.DateTimeField("écrit le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "suite donnée"
        verbose_name_plural = "suites données"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"suite de l’incident {self.incident_id}"
