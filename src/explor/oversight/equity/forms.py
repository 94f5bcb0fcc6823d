"""Form of the voluntary question: gender and age class."""

from typing import Any

from django import forms

from explor.ground.ui.forms import BaseForm

from .models import Age, EquityAnswer, Gender


class QuestionForm(BaseForm):
    """Gender and age class; without an earlier answer, both are « je préfère ne pas répondre »."""

    gender = forms.ChoiceField(label="Vous êtes", choices=Gender, widget=forms.RadioSelect)
    age = forms.ChoiceField(label="Votre âge", choices=Age, widget=forms.RadioSelect)

    def __init__(self, *args: Any, answered: EquityAnswer | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gender"].initial = answered.gender if answered else Gender.UNSAID
        self.fields["age"].initial = answered.age if answered else Age.UNSAID
