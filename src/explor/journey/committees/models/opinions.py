"""The opinion of a member on a need, with a score for each criterion."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from explor.ground.workflow.models import VersionedModel

from .members import CommitteeMember, Recusal


class Verdict(models.TextChoices):
    FAVOURABLE = "favourable", "favorable"
    RESERVED = "reserved", "favorable sous réserve"
    DEFERRED = "deferred", "ajourné"
    UNFAVOURABLE = "unfavourable", "défavorable"
    WAITING = "waiting", "liste de réserve"


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def counted(self) -> "OpinionQuerySet":
        """Return the final opinions of members not recused, which alone count and are shown."""
        recused = Recusal.objects.filter(member=OuterRef("member"), need=OuterRef("need"))
        return self.filter(~Exists(recused), final_at__isnull=False)


class Opinion(VersionedModel):
    """The opinion of one member on one need: a draft visible to them alone, then a final opinion.

    `score` is out of 20: the weighted mean of the levels given on the grid of the call, or a score
    that the member enters where the call has no grid.
    """

    member = models.ForeignKey(CommitteeMember, models.CASCADE, related_name="opinions")
    need = models.ForeignKey("needs.Need", models.CASCADE, related_name="opinions")
    verdict = models.CharField("avis", max_length=14, choices=Verdict, blank=True)
    score = models.DecimalField("note sur 20", max_digits=4, decimal_places=1, null=True)
    comment = models.TextField("commentaire", blank=True)
    at = models.DateTimeField("le", default=timezone.now)
    final_at = models.DateTimeField("définitif le", null=True, blank=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = "avis"
        verbose_name_plural = "avis"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "need"],
                name="committees_opinion_once",
                violation_error_message="Cet avis est déjà donné.",
            ),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=20),
                name="committees_opinion_score",
                violation_error_message="La note va de 0 à 20.",
            ),
            models.CheckConstraint(
                condition=Q(final_at=None) | (Q(score__isnull=False) & ~Q(verdict="")),
                name="committees_opinion_final_complete",
                violation_error_message="Un avis définitif a un sens et une note.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} : {self.verdict}"


class Score(models.Model):
    """The level given to one criterion of the grid (0 is the weakest), and the reason."""

    opinion = models.ForeignKey(Opinion, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey("calls.Criterion", models.CASCADE, related_name="scores")
    level = models.PositiveSmallIntegerField("niveau", null=True, blank=True)
    comment = models.CharField("remarque", max_length=500, blank=True)

    class Meta:
        verbose_name = "note d’un critère"
        verbose_name_plural = "notes des critères"
        ordering = ["criterion__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["opinion", "criterion"],
                name="committees_score_once",
                violation_error_message="Ce critère est déjà noté.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion} : {self.level}"
