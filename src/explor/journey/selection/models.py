"""The committee of a call, its opinions, and the decision on each need."""

from django.db import models
from django.utils import timezone

from explor.ground.common.actor import Actor
from explor.ground.common.models import Gated, Tracked

from .states import DECISION, State


class CommitteeMember(models.Model):
    """Someone who sits on the committee of a call."""

    call = models.ForeignKey("calls.Call", models.CASCADE, related_name="committee")
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="committee_of")
    chair = models.BooleanField("préside", default=False)

    class Meta:
        verbose_name = "membre du comité"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "person"],
                name="selection_member_once",
                violation_error_message="Cette personne siège déjà.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.call})"


class Recusal(models.Model):
    """A member stands aside from one need: a conflict found by us or declared by them."""

    member = models.ForeignKey(CommitteeMember, models.CASCADE, related_name="recusals")
    need = models.ForeignKey("needs.Need", models.CASCADE, related_name="recusals")
    reason = models.CharField("motif", max_length=300)
    found = models.BooleanField("relevé par Explor", default=False)
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "déport"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "need"],
                name="selection_recusal_once",
                violation_error_message="Ce déport est déjà noté.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member} : {self.need}"


class Verdict(models.TextChoices):
    FAVOURABLE = "favourable", "favorable"
    RESERVED = "reserved", "favorable sous réserve"
    DEFERRED = "deferred", "ajourné"
    UNFAVOURABLE = "unfavourable", "défavorable"


class Opinion(Tracked):
    """What one member thinks of one need: an opinion, a score from 0 to 20, a comment."""

    member = models.ForeignKey(CommitteeMember, models.CASCADE, related_name="opinions")
    need = models.ForeignKey("needs.Need", models.CASCADE, related_name="opinions")
    verdict = models.CharField("avis", max_length=14, choices=Verdict)
    score = models.DecimalField("note sur 20", max_digits=4, decimal_places=1)
    comment = models.TextField("commentaire", blank=True)
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "avis"
        verbose_name_plural = "avis"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "need"],
                name="selection_opinion_once",
                violation_error_message="Cet avis est déjà donné.",
            ),
            models.CheckConstraint(
                condition=models.Q(score__gte=0, score__lte=20),
                name="selection_opinion_score",
                violation_error_message="La note va de 0 à 20.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} : {self.verdict}"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, actor: Actor) -> "DecisionQuerySet":
        """The network and its committee see all; the association what was announced."""
        if actor.hat == "reseau":
            return self.filter(need__network=actor.scope)
        if actor.hat == "comite":
            return self.filter(need__call=actor.scope)
        if actor.hat == "association":
            return self.filter(need__association=actor.scope, state=State.ANNOUNCED)
        return self if actor.hat == "systeme" else self.none()

    def selected(self) -> "DecisionQuerySet":
        """Announced and favourable: an expert is looked for."""
        return self.filter(state=State.ANNOUNCED, verdict__in=SELECTED)


SELECTED = (Verdict.FAVOURABLE, Verdict.RESERVED)


class Decision(Gated):
    """What became of a need at the committee, opened when the need is declared admissible."""

    workflow = DECISION

    need = models.OneToOneField("needs.Need", models.CASCADE, related_name="decision")
    state = models.CharField("état", max_length=10, choices=State, default=State.TO_DECIDE)
    verdict = models.CharField("décision", max_length=14, choices=Verdict, blank=True)
    letter = models.TextField("motifs donnés à l’association", blank=True)
    decided_at = models.DateTimeField("décidé le", null=True, blank=True)
    announced_at = models.DateTimeField("annoncé le", null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "décision"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=State.TO_DECIDE) | ~models.Q(verdict=""),
                name="selection_decision_has_verdict",
                violation_error_message="Une décision prise a un sens.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.need} : {self.get_verdict_display() or 'à décider'}"
