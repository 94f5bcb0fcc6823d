"""Forms of organisations; the check digits of SIREN, SIRET and RNA are verified here."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from explor.actors.networks.models import Network, PaperKind
from explor.actors.networks.selectors import serving
from explor.ground.files.forms import DocumentField
from explor.ground.reference.queries import choices, grouped_choices
from explor.ground.ui.fields import DayInput, LinesField
from explor.ground.ui.forms import CreateForm
from explor.ground.workflow.forms import EditForm

from . import engine
from .models import FieldPartner, Kind, Organisation


class Identity(forms.Form):
    """The fields that associations and employers share."""

    name = forms.CharField(label="Nom", max_length=200)
    siret = forms.CharField(
        label="SIRET", required=False, max_length=20, help_text="14 chiffres, espaces admis."
    )
    siren = forms.CharField(
        label="SIREN",
        required=False,
        max_length=12,
        help_text="Seulement si vous n’avez pas de SIRET.",
    )
    address = forms.CharField(label="Adresse", max_length=250, required=False)
    postcode = forms.RegexField(label="Code postal", regex=r"^\d{5}$", strip=True)
    city = forms.CharField(label="Commune", max_length=100)
    website = forms.URLField(label="Site", required=False, assume_scheme="https")
    representative = forms.CharField(
        label="Représentante ou représentant légal", max_length=200, required=False
    )

    def clean_siret(self) -> str:
        return checked(engine.check_siret, self.cleaned_data["siret"])

    def clean_siren(self) -> str:
        return checked(engine.check_siren, self.cleaned_data["siren"])


class AssociationFields(Identity):
    """The fields of an association."""

    rna = forms.CharField(
        label="Numéro RNA",
        required=False,
        max_length=14,
        help_text="W suivi de neuf caractères ; W2A ou W2B en Corse, W9R à La Réunion.",
    )
    structure_type = forms.ChoiceField(label="Type de structure", required=False)
    founded_on = forms.DateField(label="Date de création", required=False, widget=DayInput())
    purpose = forms.CharField(
        label="Ce que fait l’association", required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    countries = forms.MultipleChoiceField(label="Pays d’intervention", required=False)
    sectors = forms.MultipleChoiceField(
        label="Secteurs", required=False, widget=forms.CheckboxSelectMultiple
    )
    headcount = forms.IntegerField(
        label="Nombre d’emplois salariés",
        required=False,
        min_value=0,
        help_text="0 si l’association n’emploie personne. Certains appels fixent une taille.",
    )
    members_count = forms.IntegerField(
        label="Nombre d’adhérentes et adhérents", required=False, min_value=0
    )
    cer_signed_on = forms.DateField(
        label="Contrat d’engagement républicain signé le",
        required=False,
        widget=DayInput(),
    )
    general_interest = forms.BooleanField(
        label="L’association est d’intérêt général", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "structure_type", [("", "—"), *grouped_choices("structure_types")])
        _choose(self, "countries", choices("countries"))
        _choose(self, "sectors", choices("sectors"))

    def clean_rna(self) -> str:
        return checked(engine.check_rna, self.cleaned_data["rna"].upper())


class EmployerFields(Identity):
    """The fields of an employer, with its rules for lending its people."""

    is_public = forms.BooleanField(label="Employeur public", required=False)
    headcount = forms.IntegerField(label="Effectif", required=False, min_value=1)
    inhabitants = forms.IntegerField(
        label="Nombre d’habitants (collectivité)", required=False, min_value=0
    )
    schemes = forms.MultipleChoiceField(
        label="Cadres que vous acceptez",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Vous confirmerez le cadre pour chaque mission.",
    )
    job_families = LinesField(
        label="Vos métiers, un par ligne",
        required=False,
        help_text="Par exemple : gestion de l’eau. Vous saurez quels besoins les attendent.",
    )
    lending_rules = forms.CharField(
        label="Vos règles", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "schemes", choices("leave_schemes"))


class Registration(CreateForm):
    """Registration: the network follows from the postcode, unless no network serves it."""

    network = forms.ModelChoiceField(
        label="Réseau",
        queryset=Network.objects.all(),
        required=False,
        help_text="Laissez vide : votre code postal le dit. Choisissez s’il n’est pas desservi.",
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "postcode" in data:
            data["network"] = serving(data["postcode"]) or data.get("network")
            if data["network"] is None:
                self.add_error(
                    "network", "Aucun réseau ne dessert ce code postal : choisissez-en un."
                )
        if not any(data.get(key) for key in ("siret", "siren", "rna")) and not self.errors:
            self.add_error("siret", "Donnez au moins un identifiant.")
        return data

    @property
    def fields_given(self) -> dict[str, Any]:
        """Return the arguments of the action."""
        return {k: v for k, v in self.cleaned_data.items() if k != "idempotency_key"}


class AssociationRegistration(AssociationFields, Registration):
    """The registration of an association."""


class EmployerRegistration(EmployerFields, Registration):
    """The registration of an employer."""


class AssociationEdit(AssociationFields, EditForm):
    """The description of an association, to edit."""

    def __init__(self, *args: Any, subject: Organisation, **kwargs: Any) -> None:
        initial = {name: getattr(subject, name, None) for name in AssociationFields.base_fields}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)


class EmployerEdit(EmployerFields, EditForm):
    """The description of an employer, to edit."""

    def __init__(self, *args: Any, subject: Organisation, **kwargs: Any) -> None:
        initial = {name: getattr(subject, name, None) for name in EmployerFields.base_fields}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)


REGISTRATIONS = {Kind.ASSOCIATION: AssociationRegistration, Kind.EMPLOYER: EmployerRegistration}
EDITS = {Kind.ASSOCIATION: AssociationEdit, Kind.EMPLOYER: EmployerEdit}


class PartnerFields(forms.Form):
    """The fields of a field partner: who they are and how to write to them."""

    name = forms.CharField(label="Nom de la structure", max_length=200)
    country = forms.ChoiceField(label="Pays")
    place = forms.CharField(label="Lieu", max_length=120, required=False)
    contact = forms.CharField(label="Personne à contacter", max_length=200, required=False)
    email = forms.EmailField(
        label="Adresse électronique",
        required=False,
        help_text="Elle recevra un lien personnel, sans compte à ouvrir.",
    )
    phone = forms.CharField(label="Téléphone", max_length=30, required=False)
    language = forms.ChoiceField(label="Langue des messages", choices=lambda: settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "country", choices("countries"))


class PartnerNew(PartnerFields, CreateForm):
    """A field partner to add."""


class PartnerEdit(PartnerFields, EditForm):
    """A field partner to edit."""

    def __init__(self, *args: Any, subject: FieldPartner, **kwargs: Any) -> None:
        initial = {name: getattr(subject, name) for name in PartnerFields.base_fields}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)


class PaperForm(CreateForm):
    """A paper of the verification; a member sends a file, an officer may have seen the original."""

    kind = forms.ChoiceField(label="Quelle pièce ?")
    file = DocumentField(label="Fichier")
    dated = forms.DateField(label="Datée du", widget=DayInput())
    valid_until = forms.DateField(
        label="Valable jusqu’au",
        required=False,
        widget=DayInput(),
        help_text="Laissez vide si la pièce n’a pas de fin.",
    )

    def __init__(self, *args: Any, organisation: Organisation, officer: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        only_other = organisation.kind == Kind.EMPLOYER
        kinds = [each for each in PaperKind if each == PaperKind.OTHER or not only_other]
        _choose(self, "kind", [(each.value, each.label.capitalize()) for each in kinds])
        if officer:
            self.fields["file"].required = False
            self.fields["file"].help_text += " Laissez vide si vous l’avez vue sur papier."

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        dated, until = data.get("dated"), data.get("valid_until")
        if dated and dated > timezone.localdate():
            self.add_error("dated", "Cette date est à venir : donnez celle qui est sur la pièce.")
        if dated and until and until < dated:
            self.add_error("valid_until", "La pièce finirait avant d’avoir commencé.")
        return data


def checked(check: Any, typed: str) -> str:
    """Return the normal form of an identifier.

    Raises:
        ValidationError: the identifier is wrong, with the reason.
    """
    if not typed:
        return ""
    try:
        return str(check(typed))
    except ValueError as error:
        raise forms.ValidationError(str(error)) from error


def _choose(form: forms.Form, name: str, options: list[Any]) -> None:
    form.fields[name].choices = options  # type: ignore[attr-defined]
