"""Plans of a network, their scenarios, the choices of its officers, and recruitment needs."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.ui.elision import of
from explor.ground.workflow.models import WorkflowModel

from .states import MATCHING_PLAN, State


class MatchingPlanQuerySet(models.QuerySet["MatchingPlan"]):
    def visible_to(self, actor: Actor) -> "MatchingPlanQuerySet":
        """Keep the plans that `actor` may see: a network its plans, the system all plans."""
        if actor.role == "reseau":
            return self.filter(network=actor.scope)
        return self if actor.role == "systeme" else self.none()


class MatchingPlan(WorkflowModel):
    """A plan: the unfilled needs of one call for projects, or of all calls, matched at once."""

    workflow = MATCHING_PLAN
    number_letter = "P"

    network = models.ForeignKey("networks.Network", models.PROTECT, related_name="matching_plans")
    call = models.ForeignKey(
        "calls.Call",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="matching_plans",
        verbose_name="appel",
    )
    title = models.CharField("titre", max_length=120)
    state = models.CharField("état", max_length=10, choices=State, default=State.OPEN)

    objects = MatchingPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "plan d’ensemble"
        verbose_name_plural = "plans d’ensemble"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["network", "state", "-id"], name="matching_plan_list")]

    def __str__(self) -> str:
        return self.title


class Status(models.TextChoices):
    """The progress of the computation of a scenario."""

    QUEUED = "queued", "en attente"
    RUNNING = "running", "en cours de calcul"
    DONE = "done", "calculé"
    FAILED = "failed", "impossible"
    STOPPED = "stopped", "arrêté"


class Fairness(models.TextChoices):
    NONE = "none", "le meilleur total"
    PAIR = "pair", "la moins bonne rencontre aussi bonne que possible"
    NEED = "need", "le besoin le moins bien servi aussi bien servi que possible"


class Scenario(models.Model):
    """One set of options of a plan: `plan` is the computed result, `before` the previous result.

    When `need` and `expert` are set, this scenario also imposes the expert on the need.
    """

    matching_plan = models.ForeignKey(MatchingPlan, models.CASCADE, related_name="scenarios")
    name = models.CharField("nom", max_length=80)
    extra_load = models.PositiveSmallIntegerField(
        "missions de plus par personne", default=0, validators=[MaxValueValidator(3)]
    )
    shared = models.BooleanField("avec les personnes des autres réseaux", default=False)
    deferred = models.BooleanField("avec les besoins ajournés", default=False)
    fairness = models.CharField("équité", max_length=4, choices=Fairness, default=Fairness.NONE)
    minimum = models.PositiveSmallIntegerField(
        "score minimal sur 100", default=0, validators=[MaxValueValidator(100)]
    )
    one_per_employer = models.BooleanField(
        "une personne par employeur et par mission", default=True
    )
    reserves = models.PositiveSmallIntegerField(
        "personnes en réserve par besoin",
        default=2,
        validators=[MinValueValidator(0), MaxValueValidator(5)],
    )
    need = models.ForeignKey("needs.Need", models.CASCADE, null=True, blank=True, related_name="+")
    expert = models.ForeignKey(
        "experts.Expert", models.CASCADE, null=True, blank=True, related_name="+"
    )
    status = models.CharField("calcul", max_length=8, choices=Status, default=Status.QUEUED)
    progress = models.PositiveSmallIntegerField("avancement en %", default=0)
    note = models.TextField("remarque", blank=True)
    plan = models.JSONField("plan", null=True, blank=True)
    before = models.JSONField("plan précédent", null=True, blank=True)
    requested_at = models.DateTimeField("demandé le", default=timezone.now)
    done_at = models.DateTimeField("calculé le", null=True, blank=True)

    class Meta:
        verbose_name = "scénario"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matching_plan", "name"],
                name="planning_scenario_name_once",
                violation_error_message="Un scénario de ce plan porte déjà ce nom.",
            ),
            models.CheckConstraint(
                condition=models.Q(need=None, expert=None)
                | models.Q(need__isnull=False, expert__isnull=False),
                name="planning_scenario_pair",
                violation_error_message="Une question porte sur un besoin et une personne.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_pending(self) -> bool:
        """Return True while the computation is queued or running."""
        return self.status in (Status.QUEUED, Status.RUNNING)


class Choice(models.Model):
    """An expert whom an officer imposes on a need or excludes from it, in all scenarios."""

    class Kind(models.TextChoices):
        PIN = "pin", "imposée"
        BAN = "ban", "écartée"

    matching_plan = models.ForeignKey(MatchingPlan, models.CASCADE, related_name="choices")
    need = models.ForeignKey("needs.Need", models.CASCADE, related_name="+")
    expert = models.ForeignKey("experts.Expert", models.CASCADE, related_name="+")
    kind = models.CharField("choix", max_length=3, choices=Kind)
    reason = models.CharField("raison", max_length=300, blank=True)
    by = models.CharField("par", max_length=200)
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "choix"
        verbose_name_plural = "choix"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matching_plan", "need", "expert"],
                name="planning_choice_once",
                violation_error_message="Un choix est déjà fait pour cette personne et ce besoin.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.expert} {self.get_kind_display()} : {self.need}"


class RecruitmentNeeds(models.Model):
    """What a network lacks, computed again after each change: needs, profiles, employers.

    Needs and employers are given by primary key. `unmet`: [{need, missing (empty seats), eligible
    (number of experts), reasons}]. `wanted`: [{text, value (seats that such a person would fill),
    needs}]. `employers`: [{employer, needs (that its trades would serve)}].
    """

    network = models.OneToOneField(
        "networks.Network", models.CASCADE, related_name="recruitment_needs"
    )
    at = models.DateTimeField("calculé le", default=timezone.now)
    seconds = models.FloatField("durée du calcul en secondes", default=0)
    needs = models.PositiveIntegerField("besoins à pourvoir", default=0)
    experts = models.PositiveIntegerField("personnes disponibles", default=0)
    unmet = models.JSONField("besoins sans personne", default=list)
    wanted = models.JSONField("profils à recruter", default=list)
    employers = models.JSONField("employeurs", default=list)

    class Meta:
        verbose_name = "perspective de recrutement"
        verbose_name_plural = "perspectives de recrutement"

    def __str__(self) -> str:
        return f"perspectives {of(self.network)}"
