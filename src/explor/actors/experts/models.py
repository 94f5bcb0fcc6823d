"""The profile of an expert: status, skills, languages, availability, consents to networks."""

from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.workflow.models import WorkflowModel

from .states import PROFILE, State


class Employment(models.TextChoices):
    """The employment status of a person: the relation to an employer, or none."""

    EMPLOYEE = "salarie", "salariée ou salarié en CDI"
    FIXED_TERM = "cdd", "salariée ou salarié en CDD"
    APPRENTICE = "apprenti", "apprentie ou apprenti"
    TENURED = "titulaire", "fonctionnaire titulaire"
    TRAINEE = "stagiaire", "fonctionnaire stagiaire"
    CONTRACT = "contractuel", "agente contractuelle ou agent contractuel"
    ON_DISPONIBILITE = "disponibilite", "agente ou agent en disponibilité"
    SELF_EMPLOYED = "independant", "indépendante ou indépendant"
    RETIRED = "retraite", "retraitée ou retraité"
    JOB_SEEKER = "recherche", "en recherche d’emploi"
    UNPAID = "benevole", "bénévole sans emploi"


WITHOUT_EMPLOYER = (
    Employment.SELF_EMPLOYED,
    Employment.RETIRED,
    Employment.JOB_SEEKER,
    Employment.UNPAID,
)
WITH_A_TERM = (Employment.FIXED_TERM, Employment.APPRENTICE, Employment.CONTRACT)


CONSENT_VERSION = "2026-11"  # the version of the text `rules.CONSENT`


class ExpertQuerySet(models.QuerySet["Expert"]):
    def visible_to(self, actor: Actor) -> "ExpertQuerySet":
        """Return the profiles that `actor` may see.

        An expert sees their own profile, an employer the profiles of its staff, a network the
        profiles of the experts who consented, the system all profiles.
        """
        if actor.role == "expert":
            return self.filter(person=actor.person)
        if actor.role == "employeur":
            return self.filter(employer=actor.scope)
        if actor.role == "reseau":
            return self.shared_with(actor.scope)
        return self if actor.role == "systeme" else self.none()

    def shared_with(self, network: int | None) -> "ExpertQuerySet":
        """Return the experts whose consent to `network` (a primary key) is in force."""
        consents = Consent.objects.filter(
            expert=models.OuterRef("pk"), network=network, withdrawn_at=None
        )
        return self.filter(models.Exists(consents))


class Expert(WorkflowModel):
    """The profile of a professional. Its `network` sees it only if a `Consent` is in force."""

    workflow = PROFILE

    person = models.OneToOneField("accounts.Person", models.PROTECT, related_name="expert")
    network = models.ForeignKey("networks.Network", models.PROTECT, related_name="experts")
    employer = models.ForeignKey(
        "organisations.Organisation",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="experts",
        verbose_name="employeur",
    )
    state = models.CharField(
        "état", max_length=12, choices=State, default=State.DRAFT, db_index=True
    )
    job = models.CharField("métier", max_length=200, blank=True)
    department = models.CharField("département", max_length=3, blank=True)
    employment = models.CharField("statut", max_length=20, choices=Employment, blank=True)
    employed_since = models.DateField("en poste depuis", null=True, blank=True)
    contract_ends = models.DateField("fin du contrat", null=True, blank=True)
    part_time = models.BooleanField("à temps partiel", null=True, blank=True)
    summary = models.TextField("présentation", blank=True)
    experiences = models.TextField("expériences, une par ligne", blank=True)
    sectors = ArrayField(
        models.CharField(max_length=10), verbose_name="secteurs", default=list, blank=True
    )
    skills = ArrayField(
        models.CharField(max_length=80), verbose_name="compétences", default=list, blank=True
    )
    countries = ArrayField(
        models.CharField(max_length=2), verbose_name="pays connus", default=list, blank=True
    )
    load = models.PositiveSmallIntegerField("missions possibles par an", default=1)
    confirmed_on = models.DateField("profil confirmé le", null=True, blank=True)

    objects = ExpertQuerySet.as_manager()

    class Meta:
        verbose_name = "expertise proposée"
        verbose_name_plural = "expertises proposées"
        indexes = [models.Index(fields=["network", "state"], name="expert_list")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(employment__in=WITHOUT_EMPLOYER) | models.Q(employer=None),
                name="experts_expert_without_employer",
                violation_error_message="Ce statut est sans employeur : retirez-le du profil.",
            )
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def without_employer(self) -> bool:
        """Return whether the status of this person means that no employer has to release them."""
        return self.employment in WITHOUT_EMPLOYER


class LanguageSkill(models.Model):
    """A language of an expert, with its level on the European scale (CEFR)."""

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="languages")
    language = models.CharField("langue", max_length=5)
    level = models.CharField("niveau", max_length=2)

    class Meta:
        verbose_name = "langue"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["expert", "language"],
                name="experts_language_once",
                violation_error_message="Cette langue est déjà indiquée.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.level}"


class Availability(models.Model):
    """A period in which the expert is available; the upper bound of `days` is excluded."""

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="availabilities")
    days = DateRangeField("jours")

    class Meta:
        verbose_name = "disponibilité"
        ordering = ["days"]

    def __str__(self) -> str:
        return f"{self.days.lower} – {self.last}"

    @property
    def last(self) -> date:
        """Return the last day of the period, itself included in the period."""
        last: date = self.days.upper - timedelta(days=1)
        return last


class Consent(models.Model):
    """The consent to let a network see a profile; in force while `withdrawn_at` is None.

    `version` is the version of the text that the person agreed to, see `rules.CONSENT`.
    """

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="consents")
    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="+")
    given_at = models.DateTimeField("donné le", default=timezone.now)
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)
    version = models.CharField(
        "version du texte", max_length=20, default=CONSENT_VERSION, db_default=CONSENT_VERSION
    )

    class Meta:
        verbose_name = "consentement"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["expert", "network"],
                condition=models.Q(withdrawn_at=None),
                name="experts_consent_once",
                violation_error_message="Ce réseau voit déjà votre profil.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.expert} -> {self.network}"

    @property
    def is_outdated(self) -> bool:
        """Return whether the text changed since the person agreed to it."""
        return self.version != CONSENT_VERSION
