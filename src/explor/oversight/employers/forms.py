"""The form by which an employer sets the value of its gift for a mission."""

from typing import Any

from django import forms

from explor.ground.ui.fields import bounded
from explor.ground.workflow.forms import EditForm

from .models import MissionGift


class GiftForm(EditForm, forms.ModelForm):  # type: ignore[type-arg]
    """The value of a day, the money and the gift in kind for one mission."""

    class Meta:
        model = MissionGift
        fields = ("daily_value", "amount", "words")
        formfield_callback = bounded

    def __init__(self, *args: Any, subject: MissionGift, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, instance=subject, **kwargs)
