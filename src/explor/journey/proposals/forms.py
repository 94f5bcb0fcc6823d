"""Forms of proposals: proposing, answering, taking an answer back, keeping in reserve."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from explor.ground.ui.fields import DayField, NumberField
from explor.ground.ui.forms import CreateForm, needed_if
from explor.ground.workflow.forms import ActionForm, EditForm

from .models import Party
from .rules import RESERVE_DAYS


def text(label: str, *, required: bool = True, help_text: str = "") -> forms.CharField:
    """Return a form field for a text of several lines, 4000 characters at most."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class IntroduceForm(CreateForm):
    """Dates of the mission, a message to the parties, and a justification when one is required."""

    start = DayField(label="Premier jour sur place")
    end = DayField(label="Dernier jour sur place")
    message = text("Un mot aux trois parties", required=False)
    override = text(
        "Pourquoi passer outre au classement",
        required=False,
        help_text="Demandé quand la personne n’est pas la première, ou qu’une règle s’y oppose. "
        "Votre raison est gardée au journal.",
    )

    def __init__(self, *args: Any, must_override: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["override"].required = must_override

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("start") and data.get("end") and data["end"] < data["start"]:
            self.add_error("end", "Le dernier jour précède le premier.")
        return data


class ReserveForm(CreateForm):
    """The rank of an expert in the reserve, and the last day of the reserve."""

    rank = NumberField(label="Rang dans la réserve", min_value=1, max_value=50)
    until = DayField(label="En réserve jusqu’au")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = timezone.localdate() + timedelta(days=RESERVE_DAYS)

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until < timezone.localdate():
            raise forms.ValidationError("Cette date est passée.")
        return until


class TakeBackForm(ActionForm):
    """The reason why an officer takes back an acceptance, and who told the officer."""

    word_of = forms.CharField(
        label="Sur la parole de",
        max_length=200,
        help_text="Qui vous l’a dit, par téléphone ou sur papier. Un message le lui confirmera.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, needs_reason=True, **kwargs)


class AnswerForm(EditForm):
    """An acceptance, or a refusal with its reason; an officer also names who answered by phone."""

    said = forms.ChoiceField(
        label="Réponse", choices=[("oui", "Oui"), ("non", "Non")], widget=forms.RadioSelect
    )
    reason = text("Motif", required=False)
    partner = text(
        "Avis du partenaire de terrain",
        required=False,
        help_text="Ce que le partenaire a dit de cette personne et de ces dates.",
    )
    word_of = forms.CharField(
        label="Sur la parole de",
        max_length=200,
        help_text="Qui a répondu par téléphone ou sur papier. Un message le lui confirmera.",
    )

    def __init__(self, *args: Any, party: str, officer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed_if(self, "reason", "nécessaire pour un non")
        if party != Party.ASSOCIATION:
            del self.fields["partner"]
        if not officer:
            del self.fields["word_of"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("said") == "non" and not data.get("reason"):
            self.add_error("reason", "Dites pourquoi : le réseau cherchera mieux.")
        return data
