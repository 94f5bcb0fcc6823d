"""Forms of the directory: searches followed by email."""

from django import forms

from explor.ground.ui.forms import BaseForm, CreateForm

from .models import Alert


class FollowForm(CreateForm):
    """The email address that will receive the new sheets of a search."""

    email = Alert._meta.get_field("email").formfield(
        label="Votre adresse électronique",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Elle ne sert qu’à ces messages, et s’efface quand vous les arrêtez.",
    )


class ConfirmForm(BaseForm):
    """A form without fields: its button confirms that an address follows a search."""
