"""Forms of sign-up and invitation."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.http import HttpRequest

from explor.ground.ui.fields import EmailField
from explor.ground.ui.forms import BaseForm, CreateForm, one_line, set_choices

from ..models import Person


class SignupForm(forms.Form):
    """The fields of the sign-up page besides the e-mail address."""

    name = forms.CharField(
        label="Prénom et nom",
        max_length=200,
        validators=[one_line],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a password that resembles the name; allauth then compares it with the address."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        person = Person(name=typed.get("name", ""))
        try:
            UserAttributeSimilarityValidator(["name"]).validate(typed.get("password1", ""), person)
        except forms.ValidationError as refusal:
            self.add_error("password1", refusal)
        return typed

    def signup(self, request: HttpRequest, person: Person) -> None:
        """Save on `person` the name typed; allauth calls this once it has created the person.

        `request` is unused.
        """
        person.name = self.cleaned_data["name"]
        person.save()


class AcceptForm(BaseForm):
    """Form that accepts an invitation: a new person enters their name, others only confirm."""

    name = forms.CharField(
        label="Prénom et nom",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, *args: Any, account: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if account:
            del self.fields["name"]


class InviteForm(CreateForm):
    """Form that invites a person to a role in one of `positions`, (value, label) pairs."""

    email = EmailField(label="Adresse électronique")
    name = forms.CharField(label="Prénom et nom", max_length=200, required=False)
    position = forms.ChoiceField(label="Rôle")

    def __init__(self, *args: Any, positions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "position", positions)
