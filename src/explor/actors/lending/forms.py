"""Forms of the lending rules."""

from typing import Any

from django import forms

from explor.ground.ui.fields import bounded
from explor.ground.ui.forms import CreateForm
from explor.ground.workflow.forms import EditForm

from .models import Approver, ClosedPeriod, LendingRules


class RulesForm(EditForm, forms.ModelForm):  # type: ignore[type-arg]
    """Form of an employer's days a year, notice, gift and value of a day."""

    class Meta:
        model = LendingRules
        fields = ("days_a_year", "notice_days", "gift_amount", "gift_words", "daily_value")
        formfield_callback = bounded

    def __init__(self, *args: Any, subject: LendingRules, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, instance=subject, **kwargs)


class PeriodForm(CreateForm, forms.ModelForm):  # type: ignore[type-arg]
    """Form of the first and last day of a closed period, and its reason."""

    class Meta:
        model = ClosedPeriod
        fields = ("start", "end", "words")
        formfield_callback = bounded


class ApproverForm(CreateForm, forms.ModelForm):  # type: ignore[type-arg]
    """Form of an approver of a service of the employer: service, name, address, rank."""

    class Meta:
        model = Approver
        fields = ("service", "name", "email", "rank")
        formfield_callback = bounded
