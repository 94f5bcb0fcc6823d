"""Forms that validate the lines of a file of members, and the form that uploads the file."""

from datetime import date
from functools import cache
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from explor.actors.experts.forms import LanguagesField
from explor.actors.experts.models import WITH_A_TERM, WITHOUT_EMPLOYER, Expert
from explor.actors.organisations.forms import AssociationFields, EmployerFields
from explor.ground.reference.selectors import choices
from explor.ground.ui.fields import EmailField, LinesField, bounded, column, label_of
from explor.ground.ui.forms import CreateForm, set_choices

from .models import What

LARGEST = 20_000_000


class Contact(forms.Form):
    """Form fields of the person to invite; makes postcode and town optional."""

    contact_name = forms.CharField(label="Personne à inviter", max_length=200, required=False)
    contact_email = EmailField(label="Son adresse électronique", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("postcode", "city"):
            self.fields[name].required = False
        self.fields.pop("department", None)  # the network chooses it later on the page


class AssociationLine(Contact, AssociationFields):
    """Form that validates a line of a file of associations."""


class EmployerLine(Contact, EmployerFields):
    """Form that validates a line of a file of employers."""


class ExpertLine(forms.Form):
    """Form that validates a line of a file of experts; only name and e-mail are required."""

    name = forms.CharField(label="Prénom et nom", max_length=200)
    email = EmailField(label="Adresse électronique")
    job = column(Expert, "job").formfield()
    employer = forms.CharField(label="Employeur", max_length=200, required=False)
    employment = column(Expert, "employment").formfield()
    employed_since = bounded(column(Expert, "employed_since"), earliest=date(1950, 1, 1))
    contract_ends = bounded(column(Expert, "contract_ends"))
    part_time = column(Expert, "part_time").formfield()
    summary = column(Expert, "summary").formfield()
    experiences = forms.CharField(label="Expériences", required=False)
    sectors = forms.MultipleChoiceField(label=label_of(Expert, "sectors"), required=False)
    skills = LinesField(label=label_of(Expert, "skills"), required=False)
    languages = LanguagesField(label="Langues et niveaux", required=False)
    countries = forms.MultipleChoiceField(label=label_of(Expert, "countries"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("sectors", "countries"):
            set_choices(self, name, choices(name))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        employment = data.get("employment", "")
        if employment in WITHOUT_EMPLOYER and data.get("employer"):
            self.add_error("employer", "Ce statut est sans employeur : la case n’est pas reprise.")
        if employment and employment not in WITH_A_TERM and data.get("contract_ends"):
            self.add_error(
                "contract_ends", "Ce statut n’a pas de fin de contrat : la case n’est pas reprise."
            )
        return data


LINES: dict[str, type[forms.Form]] = {
    What.ASSOCIATIONS: AssociationLine,
    What.EMPLOYERS: EmployerLine,
    What.EXPERTS: ExpertLine,
}


def fields_of(what: str) -> dict[str, str]:
    """Return {field name: label} for the fields that a column of the file may hold."""
    return dict(_labels(what))


@cache
def _labels(what: str) -> dict[str, str]:
    return {name: str(field.label) for name, field in LINES[what]().fields.items()}


class FileForm(CreateForm):
    """Form that uploads a file and states whether it holds associations, employers or experts."""

    what = forms.ChoiceField(
        label="Que contient ce fichier ?", choices=What.choices, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label="Fichier",
        help_text="Un tableau CSV ou XLSX : une ligne de titres, puis une ligne par personne ou "
        "par structure. 20 Mo et 20 000 lignes au plus.",
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
