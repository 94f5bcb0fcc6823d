"""Proposals of one expert for one seat of a need, their answers, and the reserve of a need."""

from datetime import date, datetime
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import ExpressionWrapper, F, Func, Q, Value
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.ui.days import date_format
from explor.ground.workflow.models import WorkflowModel

from .states import HOLDING, PROPOSAL, State


def held_days() -> Func:
    """Return the database expression of the days taken by a proposal; empty once all are free."""
    after = ExpressionWrapper(F("end") + 1, output_field=models.DateField())
    end = Greatest("start", Least(after, "free_from"))
    return Func(F("start"), end, Value("[)"), function="daterange", output_field=DateRangeField())


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, actor: Actor) -> "ProposalQuerySet":
        """Return the proposals that `actor` may see: as a party, or as the network of the need.

        The parties are the expert, the association and the employer. The system sees all proposals.
        """
        if actor.role == "reseau":
            return self.filter(need__network=actor.scope)
        if actor.role == "expert":
            return self.filter(expert__person=actor.person)
        if actor.role == "association":
            return self.filter(need__association=actor.scope)
        if actor.role == "employeur":
            return self.filter(employer=actor.scope)
        return self if actor.role == "systeme" else self.none()

    def with_related(self) -> "ProposalQuerySet":
        """Return the same proposals with the related rows that pages and emails use."""
        return self.select_related(
            "need__association", "need__network", "need__partner", "expert__person", "employer"
        ).prefetch_related("answers")

    def holding(self) -> "ProposalQuerySet":
        """Return the proposals that take a seat of their need."""
        return self.filter(state__in=HOLDING)

    def agreed(self) -> "ProposalQuerySet":
        """Return the proposals that every party accepted and that have not ended since."""
        return self.filter(state=State.AGREED)

    def late(self, now: datetime) -> "ProposalQuerySet":
        """Return the proposals still awaiting answers after their deadline."""
        return self.filter(state=State.PROPOSED, answer_by__lte=now)

    def overlapping(self, start: date, end: date) -> "ProposalQuerySet":
        """Return the proposals that take at least one day of these dates, both included."""
        taken = Q(free_from=None) | Q(free_from__gt=Greatest(start, F("start")))
        return self.filter(taken, start__lte=end, end__gte=start)

    def with_last_day(self) -> "ProposalQuerySet":
        """Annotate `last`, the last day that the expert is taken: end of the proposal or return."""
        before = ExpressionWrapper(F("free_from") - 1, output_field=models.DateField())
        return self.annotate(last=Coalesce(before, "end"))


class Proposal(WorkflowModel):
    """One expert proposed for one seat of a need.

    `score` and `reasons` come from the ranking on the day of the proposal. `free_from` is the day
    from which the expert is free again: after the return from the mission, or from its start when
    the mission is done remotely. While it is None, all days of the proposal are taken.
    """

    workflow = PROPOSAL

    need = models.ForeignKey("needs.Need", models.PROTECT, related_name="proposals")
    expert = models.ForeignKey("experts.Expert", models.PROTECT, related_name="proposals")
    employer = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
    )
    state = models.CharField("état", max_length=10, choices=State, default=State.PROPOSED)
    start = models.DateField("du")
    end = models.DateField("au")
    free_from = models.DateField("libre à partir du", null=True, blank=True, editable=False)
    answer_by = models.DateTimeField("réponses attendues avant le")
    message = models.TextField("mot du réseau", blank=True)
    score = models.FloatField("score", null=True, blank=True)
    reasons = models.JSONField("raisons", default=dict, blank=True)
    override = models.TextField("raison de passer outre au classement", blank=True)
    ending = models.TextField("motif de la fin", blank=True)

    # The mission that loaded this proposal, set by its page: the stages then need no query for it.
    read_with: Any = None

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "mise en relation"
        verbose_name_plural = "mises en relation"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "answer_by"], name="proposal_clock")]
        constraints = [
            models.CheckConstraint(
                condition=Q(start__lte=F("end")),
                name="proposals_dates",
                violation_error_message="La fin précède le début.",
            ),
            models.UniqueConstraint(
                fields=["need", "expert"],
                condition=Q(state__in=("proposed", "agreed")),
                name="proposals_pair_once",
                violation_error_message="Cette personne est déjà proposée pour ce besoin.",
            ),
            ExclusionConstraint(
                name="proposals_expert_free",
                expressions=[
                    ("expert", RangeOperators.EQUAL),
                    (held_days(), RangeOperators.OVERLAPS),
                ],
                condition=Q(state="agreed"),
                violation_error_message="Cette personne est déjà engagée à ces dates.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expert} pour {self.need}"

    @property
    def deadline(self) -> str:
        """Return the moment before which the answers are expected, in words."""
        return f"{date_format(self.answer_by, 'j F Y à H:i')} (heure de Paris)"

    @property
    def state_label(self) -> str:
        """Return the state in French; a proposal taken over from before Explor is named as such."""
        if self.state == State.AGREED and self.need.state == "taken_over":
            return "reprise de l’existant"
        return super().state_label


class Party(models.TextChoices):
    EXPERT = "expert", "l’experte ou l’expert"
    ASSOCIATION = "association", "l’association et son partenaire"
    EMPLOYER = "employeur", "l’employeur"


class Answer(models.Model):
    """The yes or no of one party to a proposal."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="answers")
    party = models.CharField("partie", max_length=12, choices=Party)
    yes = models.BooleanField("oui")
    by = models.CharField("par", max_length=200)
    reason = models.TextField("motif", blank=True)
    partner = models.TextField("avis du partenaire de terrain", blank=True)
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "réponse"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "party"],
                name="proposals_answer_once",
                violation_error_message="Cette partie a déjà répondu.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.party} : {'oui' if self.yes else 'non'}"


class ReserveEntry(models.Model):
    """An expert kept in reserve for a need until a date, to replace one who withdraws."""

    need = models.ForeignKey("needs.Need", models.CASCADE, related_name="reserve")
    expert = models.ForeignKey("experts.Expert", models.CASCADE, related_name="reserves")
    rank = models.PositiveSmallIntegerField("rang")
    until = models.DateField("jusqu’au")

    class Meta:
        verbose_name = "réserve"
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "expert"],
                name="proposals_reserve_once",
                violation_error_message="Cette personne est déjà en réserve.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.expert}"
