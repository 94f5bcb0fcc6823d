"""Reports, joint evaluations and recommendations of missions."""

from datetime import date

from django.db import models
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.workflow.models import VersionedModel, WorkflowModel
from explor.journey.missions.states import State as MissionState
from explor.journey.missions.states import states_where

from .states import REPORT, State

CONSENT_VERSION = "2026-11"  # that of `rules.CONSENT`


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, actor: Actor) -> "ReportQuerySet":
        """Keep the reports that `actor` may see.

        A network and an expert see the reports of their missions, an association those submitted at
        least once, an employer those accepted (both of their missions), the system all reports.
        """
        if actor.role == "reseau":
            return self.filter(mission__network=actor.scope)
        if actor.role == "expert":
            return self.filter(mission__expert__person=actor.person)
        shown = self.exclude(state=State.DRAFT)
        if actor.role == "association":
            return shown.filter(mission__association=actor.scope)
        if actor.role == "employeur":
            return shown.filter(mission__employer=actor.scope, state=State.ACCEPTED)
        return self if actor.role == "systeme" else self.none()

    def late(self, today: date) -> "ReportQuerySet":
        """Return the reports of open missions that the expert had to hand in before `today`.

        A report without due date, of a mission that came back before Explor, is never late.
        """
        awaited = self.filter(state__in=(State.DRAFT, State.RETURNED), due__lt=today)
        awaited = awaited.filter(mission__state__in=states_where(is_over=True))
        return awaited.exclude(mission__state=MissionState.CLOSED)


class Report(WorkflowModel):
    """The expert's report on a mission, against the objectives and expected results of the need.

    `consent_version` is that of the text to which the expert agreed, see `rules.CONSENT`; "" while
    `public_consent` is false.
    """

    workflow = REPORT

    mission = models.OneToOneField("missions.Mission", models.CASCADE, related_name="report")
    state = models.CharField("état", max_length=10, choices=State, default=State.DRAFT)
    done = models.TextField("ce qui a été fait", blank=True)
    results = models.TextField("résultats obtenus", blank=True)
    difficulties = models.TextField("difficultés rencontrées", blank=True)
    public_summary = models.TextField("résumé pour la fiche publique", blank=True)
    public_consent = models.BooleanField("je consens à la publication du résumé", default=False)
    consent_version = models.CharField(
        "version du texte du consentement", max_length=20, blank=True, db_default=""
    )
    due = models.DateField("attendu pour le", null=True, blank=True)
    reminded_on = models.DateField("relancé le", null=True, blank=True, editable=False)
    submitted_at = models.DateTimeField("remis le", null=True, blank=True)
    certificate = models.ForeignKey(
        "files.Document", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "compte rendu"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Compte rendu : {self.mission}"

    @property
    def is_public(self) -> bool:
        """Return whether the expert agreed to publish the summary, under the present text."""
        return self.public_consent and self.consent_version == CONSENT_VERSION

    @property
    def has_texts(self) -> bool:
        """Return whether any text is left in the report, apart from a public summary."""
        kept = self.public_summary and not self.public_consent
        return bool(self.done or self.results or self.difficulties or kept)


class JointEvaluation(models.Model):
    """The evaluation of a mission by the association, the expert or the field partner."""

    class Voice(models.TextChoices):
        ASSOCIATION = "association", "l’association"
        PARTNER = "partenaire", "le partenaire de terrain"
        EXPERT = "expert", "l’experte ou l’expert"

    mission = models.ForeignKey("missions.Mission", models.CASCADE, related_name="evaluations")
    voice = models.CharField("voix", max_length=12, choices=Voice)
    objectives_met = models.PositiveSmallIntegerField("objectifs atteints (1 à 5)")
    usefulness = models.PositiveSmallIntegerField("utilité pour le projet (1 à 5)")
    cooperation = models.PositiveSmallIntegerField("qualité du travail commun (1 à 5)")
    comment = models.TextField("ce que l’on retient", blank=True)
    by = models.CharField("par", max_length=200)
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "évaluation conjointe"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mission", "voice"],
                name="reports_evaluation_once",
                violation_error_message="Cette évaluation est déjà donnée.",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    objectives_met__range=(1, 5),
                    usefulness__range=(1, 5),
                    cooperation__range=(1, 5),
                ),
                name="reports_evaluation_marks",
                violation_error_message="Chaque note va de 1 à 5.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_voice_display()} : {self.mission}"


class Recommendation(VersionedModel):
    """Something to do after the mission: who is in charge, due date and status."""

    class Status(models.TextChoices):
        OPEN = "open", "à faire"
        UNDERWAY = "underway", "en cours"
        DONE = "done", "appliquée"
        DROPPED = "dropped", "abandonnée"

    mission = models.ForeignKey("missions.Mission", models.CASCADE, related_name="recommendations")
    text = models.TextField("recommandation")
    owner = models.CharField("confiée à", max_length=200)
    due = models.DateField("pour le")
    status = models.CharField("suite", max_length=10, choices=Status, default=Status.OPEN)
    note = models.TextField("nouvelles", blank=True)

    class Meta:
        verbose_name = "recommandation"
        ordering = ["due", "pk"]

    def __str__(self) -> str:
        return self.text[:80]
