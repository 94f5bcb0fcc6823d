"""Forms of budget lines."""

from typing import Any

from django import forms

from explor.ground.reference.selectors import choices
from explor.ground.ui.fields import AmountField, DayField
from explor.ground.ui.forms import CreateForm, needed_if, set_choices
from explor.ground.workflow.forms import EditForm
from explor.journey.calls.models import Funder

from .models import BudgetLine


def amount(label: str) -> AmountField:
    """Return a form field for an amount in euros, 0 by default and never negative."""
    return AmountField(
        label=label, min_value=0, max_digits=10, decimal_places=2, initial=0, localize=True
    )


class LineFields(forms.Form):
    """Fields of a budget line: heading, funder, amounts, and any payment in another currency."""

    heading = forms.ChoiceField(label="Poste")
    funder = forms.ModelChoiceField(
        label="Financeur", queryset=Funder.objects.all(), required=False
    )
    planned = amount("Prévu (€)")
    committed = amount("Engagé (€)")
    paid = amount("Payé (€)")
    original = AmountField(
        label="Montant payé sur place",
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        localize=True,
    )
    currency = forms.RegexField(
        label="Monnaie", regex=r"^[A-Z]{3}$", initial="EUR", help_text="Trois lettres : EUR, XOF."
    )
    rate = AmountField(
        label="Taux",
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=6,
        localize=True,
        help_text="Combien d’unités de cette monnaie pour un euro.",
    )
    rate_on = DayField(label="Taux du", required=False)
    reference = forms.CharField(label="Référence du remboursement", max_length=120, required=False)
    note = forms.CharField(label="Note", max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "heading", choices("budget_headings"))
        for name in ("rate", "rate_on"):
            needed_if(self, name, "nécessaire hors de l’euro")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("currency", "EUR") != "EUR" and not (data.get("rate") and data.get("rate_on")):
            self.add_error("rate", "Donnez le taux et sa date pour une autre monnaie.")
        return data


class LineNew(LineFields, CreateForm):
    """A new budget line."""


class LineEdit(LineFields, EditForm):
    """Changes to a budget line."""

    def __init__(self, *args: Any, subject: BudgetLine, **kwargs: Any) -> None:
        initial = {name: getattr(subject, name) for name in LineFields.base_fields}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)
