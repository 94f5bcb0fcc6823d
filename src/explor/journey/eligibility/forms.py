"""The form of one eligibility rule, built from its declaration."""

from typing import Any

from django import forms

from explor.ground.reference.selectors import choices
from explor.ground.ui.fields import NumberField
from explor.ground.workflow.forms import EditForm
from explor.journey.calls.models import Call

from .rules import Rule


class RuleForm(EditForm):
    """One rule of eligibility: on or off, and its value."""

    on = forms.BooleanField(label="Cette règle s’applique", required=False)

    def __init__(self, *args: Any, subject: Call, rule: Rule, **kwargs: Any) -> None:
        held = subject.eligibility.get(rule.code)
        initial = {"on": held is not None, "value": held}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)
        self.rule = rule
        if rule.kind == "number":
            self.fields["value"] = NumberField(
                label=rule.unit.capitalize(), min_value=0, max_value=100_000, required=False
            )
        elif rule.kind != "switch":
            self.fields["value"] = forms.MultipleChoiceField(
                label=rule.label,
                choices=choices(rule.kind),
                required=False,
                widget=forms.CheckboxSelectMultiple
                if rule.kind == "regions"
                else forms.SelectMultiple,
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("on") and "value" in self.fields and data.get("value") in (None, []):
            self.add_error("value", "Donnez une valeur, ou décochez la règle.")
        return data
