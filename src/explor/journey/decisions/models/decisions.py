"""The decision of a committee on a need."""

from django.db import models

from explor.ground.http.actor import Actor
from explor.ground.workflow.models import WorkflowModel
from explor.journey.committees.models import Verdict
from explor.journey.needs.states import State as NeedState

from ..states import DECISION, State

SELECTED = (Verdict.FAVOURABLE, Verdict.RESERVED)


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, actor: Actor) -> "DecisionQuerySet":
        """Keep the decisions that `actor` may see.

        A network and a committee see the decisions on their needs, an association the decisions
        announced on its needs, the system all decisions.
        """
        if actor.role == "reseau":
            return self.filter(need__network=actor.scope)
        if actor.role == "comite":
            return self.filter(need__call=actor.scope)
        if actor.role == "association":
            return self.filter(need__association=actor.scope, state=State.ANNOUNCED)
        return self if actor.role == "systeme" else self.none()

    def live(self) -> "DecisionQuerySet":
        """Return the decisions on needs that are not withdrawn."""
        return self.filter(need__state=NeedState.ADMISSIBLE)

    def selected(self) -> "DecisionQuerySet":
        """Return the decisions announced as favourable, whose needs wait for experts."""
        return self.filter(state=State.ANNOUNCED, verdict__in=SELECTED)

    def granted(self) -> "DecisionQuerySet":
        """Return the favourable decisions, announced or not, whose needs are not withdrawn.

        Their amounts count towards the envelope of the call.
        """
        return self.live().exclude(state=State.TO_DECIDE).filter(verdict__in=SELECTED)


class Decision(WorkflowModel):
    """The decision of a committee on a need, created when the need is declared admissible.

    `letter` holds the reasons given to the association. A decision voted in a meeting keeps the
    counts of its votes. `announce_at` is when its letter will be sent, None if not scheduled.
    `appeal_days` are the days to appeal that its letter gave, None before the announcement.
    """

    workflow = DECISION

    need = models.OneToOneField("needs.Need", models.CASCADE, related_name="decision")
    state = models.CharField("état", max_length=10, choices=State, default=State.TO_DECIDE)
    verdict = models.CharField("décision", max_length=14, choices=Verdict, blank=True)
    amount = models.DecimalField(
        "montant (€)", max_digits=10, decimal_places=2, null=True, blank=True
    )
    letter = models.TextField("motifs donnés à l’association", blank=True)
    meeting = models.ForeignKey(
        "meetings.Meeting", models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    votes_for = models.PositiveSmallIntegerField("pour", null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField("contre", null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField("abstentions", null=True, blank=True)
    casting = models.BooleanField("voix prépondérante", default=False)
    decided_at = models.DateTimeField("décidé le", null=True, blank=True)
    announce_at = models.DateTimeField("à annoncer le", null=True, blank=True)
    announced_at = models.DateTimeField("annoncé le", null=True, blank=True)
    appeal_days = models.PositiveSmallIntegerField(
        "jours annoncés pour demander un réexamen", null=True, blank=True
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "décision"
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["announce_at"],
                condition=models.Q(announce_at__isnull=False),
                name="decisions_to_announce",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=State.TO_DECIDE) | ~models.Q(verdict=""),
                name="decisions_has_verdict",
                violation_error_message="Une décision prise a un sens.",
            ),
            models.CheckConstraint(
                condition=models.Q(amount=None) | models.Q(amount__gte=0),
                name="decisions_amount",
                violation_error_message="Un montant ne peut pas être négatif.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need} : {self.get_verdict_display() or 'à décider'}"
