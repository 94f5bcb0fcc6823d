"""Forms of nominations: the nominated person, and their answer."""

from typing import Any

from django import forms

from explor.ground.ui.forms import BaseForm, CreateForm

from .models import Nomination


class NominateForm(CreateForm, forms.ModelForm):  # type: ignore[type-arg]
    """The person whom an employer nominates, who has agreed to be contacted."""

    agreed = forms.BooleanField(label="Cette personne est d’accord pour être contactée")

    class Meta:
        model = Nomination
        fields = ("name", "email", "job", "word")
        widgets = {"word": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "email"):
            self.fields[name].required = True


class AnswerForm(BaseForm):
    """The answer of the nominated person: yes or no."""

    said = forms.ChoiceField(
        label="Votre réponse",
        choices=[
            ("oui", "Oui : je crée mon profil"),
            ("non", "Non, merci : effacez mes données"),
        ],
        widget=forms.RadioSelect,
    )
