"""Budget lines of a mission: amounts planned, committed and paid on each heading."""

from django.db import models
from django.db.models import Q

from explor.ground.http.actor import Actor
from explor.ground.ui.amounts import euros
from explor.ground.workflow.models import VersionedModel

AMOUNTS = ("planned", "committed", "paid")


class PaperKind(models.TextChoices):
    """The kinds of old papers of a mission; each kind is an entry of the register of processing."""

    AGREEMENTS = "agreements", "conventions, avenants, signatures et leurs preuves"
    BUDGET = "money", "budget de la mission et ses remboursements"


class BudgetLineQuerySet(models.QuerySet["BudgetLine"]):
    def visible_to(self, actor: Actor) -> "BudgetLineQuerySet":
        """Keep the budget lines that `actor` may see.

        A network and an association see the lines of their missions, the system all lines.
        """
        if actor.role == "reseau":
            return self.filter(mission__network=actor.scope)
        if actor.role == "association":
            return self.filter(mission__association=actor.scope)
        return self if actor.role == "systeme" else self.none()


class BudgetLine(VersionedModel):
    """The amounts of a funder on one heading of a mission, in euros.

    `original` is the amount paid in `currency`, and `rate` the units of `currency` for one euro.
    """

    mission = models.ForeignKey("missions.Mission", models.CASCADE, related_name="budget")
    heading = models.CharField("poste", max_length=30)
    funder = models.ForeignKey("calls.Funder", models.PROTECT, null=True, blank=True)
    planned = models.DecimalField("prévu (€)", max_digits=10, decimal_places=2, default=0)
    committed = models.DecimalField("engagé (€)", max_digits=10, decimal_places=2, default=0)
    paid = models.DecimalField("payé (€)", max_digits=10, decimal_places=2, default=0)
    original = models.DecimalField(
        "montant d’origine", max_digits=14, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField("monnaie", max_length=3, default="EUR")
    rate = models.DecimalField("taux", max_digits=14, decimal_places=6, null=True, blank=True)
    rate_on = models.DateField("taux du", null=True, blank=True)
    reference = models.CharField("référence du remboursement", max_length=120, blank=True)
    note = models.CharField("note", max_length=300, blank=True)

    objects = BudgetLineQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne de budget"
        ordering = ["heading", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned__gte=0, committed__gte=0, paid__gte=0),
                name="budgets_line_positive",
                violation_error_message="Un montant ne peut pas être négatif.",
            ),
            models.CheckConstraint(
                condition=Q(currency="EUR") | Q(rate__isnull=False, rate_on__isnull=False),
                name="budgets_line_rate",
                violation_error_message="Donnez le taux et sa date pour une autre monnaie.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.heading} : {euros(self.planned)}"
