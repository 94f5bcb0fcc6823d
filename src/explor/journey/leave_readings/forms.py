"""Forms of the questions of the leave schemes, and of a change to the tables of the law."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from explor.ground.ui.fields import DayField, NumberField
from explor.ground.ui.forms import CreateForm
from explor.ground.workflow.forms import EditForm

from .engine import Cell
from .fields import Fact

YES_NO = (("", "Je ne sais pas"), ("yes", "Oui"), ("no", "Non"))


def _yes_no(fact: Fact) -> forms.Field:
    return forms.TypedChoiceField(
        choices=YES_NO,
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
    )


def _number(fact: Fact) -> forms.Field:
    return NumberField(min_value=0, max_value=fact.most, required=False)


CONTROLS: dict[str, Callable[[Fact], forms.Field]] = {
    "yes_no": _yes_no,
    "number": _number,
}


def _shown(value: Any) -> Any:
    """Return a known value in the format of its form control."""
    return ("yes" if value else "no") if isinstance(value, bool) else value


class AnswerForm(EditForm):
    """One control per question; a question left without an answer stays open."""

    def __init__(
        self, *args: Any, questions: Sequence[Fact], known: Mapping[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names = {fact.key.replace(".", "_"): fact.key for fact in questions}
        for fact, name in zip(questions, self.names, strict=True):
            field = CONTROLS[fact.kind](fact)
            field.label, field.help_text = fact.question, fact.help
            field.initial = _shown(known.get(fact.key))
            self.fields[name] = field

    @property
    def answers(self) -> dict[str, Any]:
        """Return the answers given, by key of their fact."""
        given = {fact: self.cleaned_data.get(name) for name, fact in self.names.items()}
        return {fact: value for fact, value in given.items() if value is not None}


class ChangeForm(CreateForm):
    """A new value for a cell of the tables of the law, its source and the day it was read."""

    former = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    value = forms.CharField(label="Nouvelle valeur", required=False)
    source = forms.CharField(
        label="Source",
        max_length=300,
        help_text="L’adresse ou la référence exacte du texte, que l’autre personne relira.",
    )
    read_on = DayField(label="Quel jour l’avez-vous lue ?", initial=timezone.localdate)

    def __init__(self, *args: Any, cell: Cell, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cell = cell
        self.fields["value"] = VALUES.get(cell.kind, _number_of_law)(cell)
        self.fields["value"].initial = cell.value
        self.fields["former"].initial = cell.value

    def clean_value(self) -> str:
        """Return the value in the format of the tables: one paragraph, or an ISO date."""
        value = self.cleaned_data["value"]
        if isinstance(value, date):
            return value.isoformat()
        return " ".join(str("" if value is None else value).splitlines()).strip()


def _number_of_law(cell: Cell) -> forms.Field:
    return NumberField(
        label=cell.label, min_value=1, required=not cell.blank, help_text=f"En {cell.unit}."
    )


def _day_of_law(cell: Cell) -> forms.Field:
    return DayField(label=cell.label, earliest=date(1900, 1, 1), required=not cell.blank)


def _silence_of_law(cell: Cell) -> forms.Field:
    blank = [("", "Le texte ne dit rien")] if cell.blank else []
    choices = [*blank, ("yes", "Il vaut accord"), ("no", "Il ne vaut pas accord")]
    return forms.ChoiceField(label=cell.label, choices=choices, required=not cell.blank)


def _text_of_law(cell: Cell) -> forms.Field:
    area = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(label=cell.label, max_length=2000, widget=area, required=not cell.blank)


def _id_of_law(cell: Cell) -> forms.Field:
    return forms.CharField(label=cell.label, max_length=20, required=False)


VALUES: dict[str, Callable[[Cell], forms.Field]] = {
    "date": _day_of_law,
    "silence": _silence_of_law,
    "text": _text_of_law,
    "id": _id_of_law,
}
