"""An employer's lending rules, its closed periods, and the approvers of its services."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from explor.actors.organisations.models import Kind
from explor.ground.http.actor import Actor
from explor.ground.workflow.models import VersionedModel


class LendingRulesQuerySet(models.QuerySet["LendingRules"]):
    def visible_to(self, actor: Actor) -> "LendingRulesQuerySet":
        """Return the rules that `actor` may see.

        An employer sees its rules, a network the rules of its employers, the system all rules.
        """
        if actor.role == "reseau":
            return self.filter(employer__network=actor.scope)
        if actor.role == Kind.EMPLOYER:
            return self.filter(employer=actor.scope)
        return self if actor.role == "systeme" else self.none()

    def with_related(self) -> "LendingRulesQuerySet":
        """Return the same rules with their employer, closed periods and approvers."""
        return self.select_related("employer__network").prefetch_related("periods", "approvers")


class LendingRules(VersionedModel):
    """The rules that an employer sets for the release of its staff, in addition to the law.

    They are warnings: the employer may still grant a release that contradicts them. The version
    also changes with the closed periods and the approvers.
    """

    employer = models.OneToOneField(
        "organisations.Organisation", models.CASCADE, related_name="rules_of_lending"
    )
    days_a_year = models.PositiveSmallIntegerField(
        "jours par an et par personne",
        null=True,
        blank=True,
        help_text="Jours de mission dans l’année civile, week-ends compris. Vide : pas de limite.",
    )
    notice_days = models.PositiveSmallIntegerField(
        "préavis, en jours",
        null=True,
        blank=True,
        help_text="Entre la demande et le premier jour de la mission. Vide : pas de préavis à "
        "vous ; ceux de la loi demeurent.",
    )
    gift_amount = models.DecimalField(
        "don en argent par mission (€)", max_digits=10, decimal_places=2, null=True, blank=True
    )
    gift_words = models.CharField(
        "don en nature par mission",
        max_length=200,
        blank=True,
        help_text="Par exemple : le billet d’avion, un ordinateur.",
    )
    daily_value = models.DecimalField(
        "valeur d’un jour de mission (€)",
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Fixée par vous : elle sert à chiffrer le don pour vos comptes et ceux de "
        "l’association. Chaque jour de mission compte, week-ends compris.",
    )

    objects = LendingRulesQuerySet.as_manager()

    class Meta:
        verbose_name = "règles de prêt"
        verbose_name_plural = "règles de prêt"
        constraints = [
            models.CheckConstraint(
                condition=Q(days_a_year=None) | Q(days_a_year__range=(1, 366)),
                name="lending_days_a_year",
                violation_error_message="Une année compte de 1 à 366 jours.",
            ),
            models.CheckConstraint(
                condition=Q(notice_days=None) | Q(notice_days__range=(1, 366)),
                name="lending_notice",
                violation_error_message="Le préavis va de 1 à 366 jours.",
            ),
            models.CheckConstraint(
                condition=(Q(gift_amount=None) | Q(gift_amount__gte=0))
                & (Q(daily_value=None) | Q(daily_value__gte=0)),
                name="lending_amounts",
                violation_error_message="Un montant ne peut pas être négatif.",
            ),
        ]

    def __str__(self) -> str:
        return f"Règles de prêt : {self.employer}"


class ClosedPeriod(models.Model):
    """A period in which an employer releases nobody, both days included."""

    rules = models.ForeignKey(LendingRules, models.CASCADE, related_name="periods")
    start = models.DateField("du")
    end = models.DateField("au")
    words = models.CharField(
        "pourquoi", max_length=120, blank=True, help_text="Par exemple : inventaire, rentrée."
    )

    class Meta:
        verbose_name = "période fermée"
        verbose_name_plural = "périodes fermées"
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start__lte=F("end")),
                name="lending_period_in_order",
                violation_error_message="La période finit avant d’avoir commencé.",
            ),
            ExclusionConstraint(
                name="lending_periods_apart",
                expressions=[
                    ("rules", RangeOperators.EQUAL),
                    (
                        Func(
                            "start",
                            "end",
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="Cette période en recouvre une autre.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start} – {self.end}"


class Approver(models.Model):
    """A person who must approve for a service of the employer before it grants a release."""

    rules = models.ForeignKey(LendingRules, models.CASCADE, related_name="approvers")
    service = models.CharField("service", max_length=120)
    name = models.CharField("qui donne l’accord", max_length=200)
    email = models.EmailField("adresse électronique", blank=True)
    rank = models.PositiveSmallIntegerField(
        "ordre", default=1, help_text="Dans un même service, qui répond en premier : 1, puis 2..."
    )

    class Meta:
        verbose_name = "accord d’un service"
        verbose_name_plural = "accords des services"
        ordering = ["service", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rules", "service", "rank"],
                name="lending_approver_rank",
                violation_error_message="Ce rang est déjà pris dans ce service.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.service})"
