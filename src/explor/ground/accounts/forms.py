"""Forms of sign-up and invitation."""

from typing import Any

from django import forms
from django.http import HttpRequest

from explor.ground.ui.forms import BaseForm, CreateForm

from .models import Person


class SignupForm(forms.Form):
    """What is asked beside the address when someone opens an account."""

    name = forms.CharField(
        label="Prénom et nom",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def signup(self, request: HttpRequest, person: Person) -> None:
        """Called by allauth once the person is made."""
        person.name = self.cleaned_data["name"]
        person.save()


class AcceptForm(BaseForm):
    """A person unknown so far gives their name; a known one only agrees."""

    name = forms.CharField(
        label="Prénom et nom",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, *args: Any, known: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known:
            del self.fields["name"]


class InviteForm(CreateForm):
    """Whom to invite, and in which position."""

    email = forms.EmailField(label="Adresse électronique")
    name = forms.CharField(label="Prénom et nom", max_length=200, required=False)
    position = forms.ChoiceField(label="Rôle")

    def __init__(self, *args: Any, positions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].choices = positions  # type: ignore[attr-defined]
