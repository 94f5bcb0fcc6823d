"""Forms of a call. Every figure is an example, to be changed by the network."""

from typing import Any

from django import forms

from explor.ground.common.forms import DayInput, Edit, New

from .models import Call, Funder


class MomentInput(forms.DateTimeInput):
    """A day and a minute, in Paris time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class CallFields(forms.Form):
    """Dates, bounds and rules of a call."""

    title = forms.CharField(label="Titre", max_length=200)
    presentation = forms.CharField(
        label="Présentation", required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    rolling = forms.BooleanField(label="Au fil de l’eau, sans date de clôture", required=False)
    opens_at = forms.DateTimeField(label="Ouverture (heure de Paris)", widget=MomentInput())
    closes_at = forms.DateTimeField(
        label="Clôture (heure de Paris)", widget=MomentInput(), required=False
    )
    committee_on = forms.DateField(label="Comité le", widget=DayInput(), required=False)
    min_days = forms.IntegerField(
        label="Durée minimale sur place (jours)", min_value=1, max_value=60, initial=7
    )
    max_days = forms.IntegerField(
        label="Durée maximale sur place (jours)", min_value=1, max_value=60, initial=15
    )
    travel_days_count = forms.BooleanField(label="Les jours de voyage comptent", required=False)
    needs_per_association = forms.IntegerField(
        label="Besoins par association (exemple)", min_value=1, max_value=20, initial=2
    )
    quorum = forms.IntegerField(
        label="Quorum du comité (exemple)", min_value=1, max_value=30, initial=2
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if (data.get("min_days") or 0) > (data.get("max_days") or 99):
            self.add_error("max_days", "La durée minimale dépasse la durée maximale.")
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", "La clôture précède l’ouverture.")
        return data


class CallNew(CallFields, New):
    """A new call."""


class CallEdit(CallFields, Edit):
    """A call that exists."""

    def __init__(self, *args: Any, subject: Call, **kwargs: Any) -> None:
        initial = {name: getattr(subject, name) for name in CallFields.base_fields}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)


class GridForm(Edit):
    """The criteria, one a line: « weight ; label ; what is looked at »."""

    criteria = forms.CharField(
        label="Critères, un par ligne",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Poids ; critère ; ce que l’on regarde. Exemple : 3 ; Faisabilité ; Dates.",
    )

    def __init__(self, *args: Any, subject: Call, **kwargs: Any) -> None:
        lines = [f"{c.weight} ; {c.label} ; {c.help}" for c in subject.criteria.all()]
        initial = {"criteria": "\n".join(lines)}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)

    def clean_criteria(self) -> list[dict[str, Any]]:
        lines = [line for line in self.cleaned_data["criteria"].splitlines() if line.strip()]
        return [self._line(line) for line in lines]

    @staticmethod
    def _line(line: str) -> dict[str, Any]:
        weight, _, rest = line.partition(";")
        label, _, looked = rest.partition(";")
        if not weight.strip().isdigit() or not label.strip():
            raise forms.ValidationError(
                f"« {line} » : écrivez un poids, un point-virgule, un critère."
            )
        return {
            "weight": min(int(weight), 100),
            "label": label.strip()[:120],
            "help": looked.strip()[:300],
        }


class FundForm(New):
    """Who puts how much on the call (exemple)."""

    funder = forms.ModelChoiceField(label="Financeur", queryset=Funder.objects.all())
    amount = forms.DecimalField(
        label="Montant (€, exemple)", min_value=0, max_digits=12, decimal_places=2, localize=True
    )
