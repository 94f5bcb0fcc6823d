"""Forms of a network: its settings, the recording of readings, the absence of an officer."""

from typing import Any

from django import forms

from explor.ground.ui.components import ACCENTS
from explor.ground.ui.fields import DayField, EmailField, JoinedInput, NumberField
from explor.ground.ui.forms import BaseForm, ChangesForm, set_queryset

from .models import Network, Officer, PaperKind


class NetworkForm(ChangesForm):
    """Form of the presentation and settings of a network."""

    email = EmailField(label="Adresse électronique", required=False)
    phone = forms.CharField(
        label="Téléphone",
        max_length=30,
        required=False,
        help_text="Les employeurs le lisent dans « En bref », à « Qui appeler ».",
    )
    address = forms.CharField(label="Adresse", max_length=250, required=False)
    website = forms.URLField(label="Site", required=False, assume_scheme="https")
    accent = forms.ChoiceField(label="Couleur du réseau", choices=ACCENTS)
    answer_days = NumberField(
        label="Jours laissés pour répondre à une proposition",
        help_text="Passé ce délai, la proposition est libérée. Valeur d’exemple : 7.",
        min_value=2,
        max_value=30,
    )
    papers_needed = forms.MultipleChoiceField(
        label="Pièces exigées pour vérifier une association",
        help_text="Sans elles, la vérification est refusée et dit ce qui manque.",
        choices=PaperKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        initial = {name: getattr(network, name) for name in self.base_fields}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.fields["papers_needed"].hidden_widget = JoinedInput


class ReadingsForm(BaseForm):
    """Form with the switch that starts or stops recording who reads the data of a network."""

    on = forms.BooleanField(
        label="Noter qui lit les données sensibles du réseau",
        help_text="Les lectures déjà notées restent un an. Le choix est inscrit au journal.",
        required=False,
    )


class AbsenceForm(BaseForm):
    """Form of an absence of an officer: its last day, and the officer who replaces them."""

    until = DayField(
        label="Absente ou absent jusqu’au",
        required=False,
        help_text="Laissez vide pour mettre fin à l’absence.",
    )
    replaced_by = forms.ModelChoiceField(
        label="Remplacement", queryset=Officer.objects.none(), required=False
    )

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = officer.network.officers.exclude(pk=officer.pk).select_related("person")
        set_queryset(self, "replaced_by", others)
        self.fields["replaced_by"].label_from_instance = (  # type: ignore[attr-defined]
            lambda other: other.person.name
        )
