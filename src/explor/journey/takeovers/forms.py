"""Forms that validate the lines of a file to take over, and the form that uploads the file."""

from functools import cache
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from explor.actors.experts.models import Employment
from explor.ground.reference.selectors import choices
from explor.ground.ui.fields import AmountField, DayField, EmailField
from explor.ground.ui.forms import CreateForm, set_choices
from explor.journey.missions.states import TAKEN_OVER

from .models import What

LARGEST = 20_000_000


def text(label: str, most: int = 200, *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required)


class MissionRow(forms.Form):
    """Form that validates a line of a file of missions, in the order of the template file."""

    reference = text("Votre numéro", 60)
    title = text("Mission", required=True)
    project = text("Projet")
    association = text("Association", required=True)
    association_number = text("SIRET, SIREN ou RNA de l’association", 60)
    country = forms.ChoiceField(label="Pays")
    place = text("Lieu", 120)
    expert = text("Professionnel", required=True)
    email = EmailField(label="Son adresse électronique")
    employment = forms.ChoiceField(label="Son statut", required=False)
    employer = text("Son employeur")
    employer_number = text("SIRET ou SIREN de l’employeur", 60)
    scheme = forms.ChoiceField(label="Cadre du départ", required=False)
    start = DayField(label="Départ")
    end = DayField(label="Retour")
    state = forms.ChoiceField(label="État")
    signed = forms.BooleanField(label="Convention signée", required=False)
    partner = text("Partenaire de terrain")
    partner_email = EmailField(label="Adresse du partenaire", required=False)
    call = text("Appel")
    objectives = text("Objectifs", 5000)
    expected_results = text("Résultats attendus", 5000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "country", choices("countries"))
        set_choices(self, "scheme", choices("leave_schemes"))
        set_choices(self, "employment", Employment.choices)
        set_choices(self, "state", [(state.value, state.label) for state in TAKEN_OVER])


def amount(label: str, digits: int = 10) -> AmountField:
    return AmountField(label=label, required=False, max_digits=digits)


class BudgetRow(forms.Form):
    """Form that validates a line of a file of budgets, in the order of the template file.

    The amounts are in euros: `engine` has read and converted the texts.
    """

    mission = text("Mission")
    call = text("Appel")
    funder = text("Financeur")
    heading = forms.ChoiceField(label="Poste", required=False)
    planned = amount("Prévu")
    committed = amount("Engagé")
    paid = amount("Payé")
    currency = text("Monnaie", 60)
    rate = AmountField(label="Taux", required=False, max_digits=14, decimal_places=6)
    rate_on = DayField(label="Taux du", required=False)
    on = DayField(label="Date", required=False)
    reference = text("Référence du remboursement", 120)
    note = text("Note", 250)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "heading", choices("budget_headings"))


ROWS: dict[str, type[forms.Form]] = {What.MISSIONS: MissionRow, What.BUDGETS: BudgetRow}


def fields_of(what: str) -> dict[str, str]:
    """Return {name: label} of the fields that a column of the file may hold."""
    return dict(_labels(what))


@cache
def _labels(what: str) -> dict[str, str]:
    return {name: str(field.label) for name, field in ROWS[what]().fields.items()}


class FileForm(CreateForm):
    """Form that uploads a file and says whether it holds missions or lines of budget."""

    what = forms.ChoiceField(
        label="Que contient ce fichier ?", choices=What.choices, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label="Fichier",
        help_text="Un tableau CSV ou XLSX : une ligne de titres, puis une ligne par mission ou par "
        "montant. 20 Mo et 20 000 lignes au plus.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.txt"}),
        validators=[],
    )

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        MaxLengthValidator(200, "Le nom de ce fichier est trop long.")(sent.name)
        if not sent.name.lower().endswith((".csv", ".xlsx", ".txt")):
            raise forms.ValidationError("Enregistrez ce tableau en CSV ou en XLSX.")
        if sent.size > LARGEST:
            raise forms.ValidationError("Ce fichier dépasse 20 Mo. Partagez-le en plusieurs.")
        return sent
