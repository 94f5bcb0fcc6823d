"""Form that sends a referral to an expert."""

from django import forms

from explor.ground.ui.forms import CreateForm


class ReferForm(CreateForm):
    """An optional message to the expert."""

    message = forms.CharField(
        label="Un mot à la personne",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
