"""Forms of the directory: searches followed by email."""

from django import forms

from explor.ground.common.forms import New, Parsed


class FollowForm(New):
    """Address that receives the news of a search."""

    email = forms.EmailField(
        label="Votre adresse électronique",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Elle ne sert qu’à ces messages, et s’efface quand vous les arrêtez.",
    )


class ConfirmForm(Parsed):
    """Confirmation without any field."""
