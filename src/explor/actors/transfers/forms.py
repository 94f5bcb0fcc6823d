"""The form that requests a transfer."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from explor.actors.networks.models import Network
from explor.ground.ui.fields import column
from explor.ground.ui.forms import CreateForm, set_queryset

from .models import Transfer


class TransferForm(CreateForm):
    """The form that requests a transfer: the network to move to, and the reason."""

    receiver = forms.ModelChoiceField(label="Vers quel réseau ?", queryset=Network.objects.none())
    message = column(Transfer, "message").formfield(
        required=True, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, networks: "QuerySet[Network]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_queryset(self, "receiver", networks)
