"""The form of the questions that the leave schemes ask."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms

from explor.ground.workflow.forms import EditForm

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
    return forms.IntegerField(min_value=0, max_value=fact.most, required=False)


CONTROLS: dict[str, Callable[[Fact], forms.Field]] = {
    "yes_no": _yes_no,
    "number": _number,
}


def _shown(value: Any) -> Any:
    """Return a known value as its control shows it."""
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
