"""Forms of sign-up and invitation."""

from django import forms
from django.http import HttpRequest

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
