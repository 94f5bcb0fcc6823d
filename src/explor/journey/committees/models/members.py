"""The bylaws of a committee, its members, and the recusals of members from needs."""

from decimal import Decimal

from django.db import models
from django.utils import timezone

from explor.ground.workflow.models import VersionedModel


class Bylaws(VersionedModel):
    """The rules by which a committee judges and votes; every figure is an editable example."""

    class Majority(models.TextChoices):
        SIMPLE = "simple", "simple : plus de pour que de contre"
        ABSOLUTE = "absolute", "absolue : plus de la moitié des personnes présentes"

    call = models.OneToOneField("calls.Call", models.CASCADE, related_name="bylaws")
    blind = models.BooleanField(
        "lecture à l’aveugle",
        default=False,
        help_text="Le nom de l’association et ceux des membres sont cachés jusqu’à la décision.",
    )
    threshold = models.PositiveSmallIntegerField(
        "écart entre deux notes qui fait un désaccord (points sur 20)", default=6
    )
    presence = models.PositiveSmallIntegerField("présence demandée en séance (%)", default=50)
    majority = models.CharField("majorité", max_length=8, choices=Majority, default=Majority.SIMPLE)
    casting = models.BooleanField(
        "en cas d’égalité, la voix de la présidence l’emporte", default=True
    )
    amount = models.DecimalField(
        "montant d’une mission (€)",
        max_digits=10,
        decimal_places=2,
        default=Decimal(5000),
        help_text="Compté dans l’enveloppe quand aucun autre montant n’est noté.",
    )
    appeal_days = models.PositiveSmallIntegerField("jours pour demander un réexamen", default=30)

    class Meta:
        verbose_name = "règlement du comité"
        verbose_name_plural = "règlements des comités"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(presence__lte=100),
                name="committees_bylaws_presence",
                violation_error_message="Une part va de 0 à 100 %.",
            ),
            models.CheckConstraint(
                condition=models.Q(threshold__gte=1, threshold__lte=20),
                name="committees_bylaws_threshold",
                violation_error_message="L’écart va de 1 à 20 points.",
            ),
        ]

    def __str__(self) -> str:
        return f"Règlement : {self.call}"


class CommitteeMember(models.Model):
    """A person on the committee of a call; `declared_at` dates their declaration of interests.

    `joined_at` is None for members who joined before this date was recorded.
    """

    call = models.ForeignKey("calls.Call", models.CASCADE, related_name="committee")
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="committee_of")
    chair = models.BooleanField("préside", default=False)
    declared_at = models.DateTimeField("liens déclarés le", null=True, blank=True)
    joined_at = models.DateTimeField(
        "au comité depuis", null=True, blank=True, default=timezone.now, editable=False
    )

    class Meta:
        verbose_name = "membre du comité"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "person"],
                name="committees_member_once",
                violation_error_message="Cette personne siège déjà.",
            ),
            models.UniqueConstraint(
                fields=["call"],
                condition=models.Q(chair=True),
                name="committees_one_chair",
                violation_error_message="Une seule personne préside le comité.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.call})"


class Recusal(models.Model):
    """The exclusion of a member from a need, for a conflict declared or `detected` by Explor."""

    member = models.ForeignKey(CommitteeMember, models.CASCADE, related_name="recusals")
    need = models.ForeignKey("needs.Need", models.CASCADE, related_name="recusals")
    reason = models.CharField("motif", max_length=300)
    detected = models.BooleanField("relevé par Explor", default=False)
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "déport"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "need"],
                name="committees_recusal_once",
                violation_error_message="Ce déport est déjà noté.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member} : {self.need}"
