"""The form that requests a transfer."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from explor.actors.networks.models import Network
from explor.ground.ui.forms import CreateForm


class TransferForm(CreateForm):
    """The network to move to, and why."""

    receiver = forms.ModelChoiceField(label="Vers quel réseau ?", queryset=Network.objects.none())
    message = forms.CharField(
        label="Pourquoi ?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Les deux réseaux et l’organisation liront ces mots.",
    )

    def __init__(self, *args: Any, networks: "QuerySet[Network]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receiver"].queryset = networks  # type: ignore[attr-defined]
