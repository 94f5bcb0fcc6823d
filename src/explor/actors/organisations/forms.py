"""Forms of organisations, field partners and papers, which check SIREN, SIRET and RNA."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from explor.actors.networks.models import Network, PaperKind
from explor.actors.networks.selectors import serving
from explor.ground.files.forms import DocumentField
from explor.ground.reference.selectors import (
    choices,
    department_of,
    departments_sharing,
    grouped_choices,
    label,
    terms,
)
from explor.ground.ui.fields import LinesField, bounded, column, label_of
from explor.ground.ui.forms import CreateForm, set_choices
from explor.ground.workflow.forms import EditForm

from . import engine
from .models import FieldPartner, Kind, MembershipPaper, Organisation

PUBLIC_FAMILY = "COLL"  # the family of legal structures that are always public bodies
TYPED = 20  # leaves room for spaces in an identifier as typed


class Identity(forms.Form):
    """The form fields shared by associations and employers."""

    name = column(Organisation, "name").formfield()
    siret = column(Organisation, "siret").formfield(max_length=TYPED)
    siren = column(Organisation, "siren").formfield(max_length=TYPED)
    address = column(Organisation, "address").formfield()
    postcode = forms.RegexField(
        label=label_of(Organisation, "postcode"), regex=r"^\d{5}$", strip=True
    )
    city = column(Organisation, "city").formfield(required=True)
    department = forms.ChoiceField(label=label_of(Organisation, "department"), required=False)
    website = column(Organisation, "website").formfield(assume_scheme="https")
    representative = column(Organisation, "representative").formfield()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keep_department_if_needed()

    def _keep_department_if_needed(self) -> None:
        """Remove the field of the département unless the postcode and the commune are ambiguous."""
        postcode, city = (str(self[name].value() or "") for name in ("postcode", "city"))
        shared = departments_sharing(postcode)
        if not shared or department_of(postcode, city):
            del self.fields["department"]
            return
        names = [(code, f"{label('departments', code)} ({code})") for code in shared]
        set_choices(self, "department", [("", "—"), *names])

    def clean_department(self) -> str:
        chosen: str = self.cleaned_data["department"]
        if not chosen:
            raise forms.ValidationError(
                "Ce code postal couvre plusieurs départements : corrigez le nom de la commune, ou "
                "choisissez le département."
            )
        return chosen

    def clean_siret(self) -> str:
        return checked(engine.check_siret, self.cleaned_data["siret"])

    def clean_siren(self) -> str:
        return checked(engine.check_siren, self.cleaned_data["siren"])


class AssociationFields(Identity):
    """The form fields of an association."""

    rna = column(Organisation, "rna").formfield()
    structure_type = forms.ChoiceField(
        label=label_of(Organisation, "structure_type"), required=False
    )
    founded_on = bounded(
        column(Organisation, "founded_on"), earliest=date(1800, 1, 1), latest=timezone.localdate
    )
    purpose = column(Organisation, "purpose").formfield(widget=forms.Textarea(attrs={"rows": 5}))
    countries = forms.MultipleChoiceField(label=label_of(Organisation, "countries"), required=False)
    sectors = forms.MultipleChoiceField(
        label=label_of(Organisation, "sectors"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    headcount = bounded(
        column(Organisation, "headcount"),
        label="Nombre d’emplois salariés",
        help_text="0 si l’association n’emploie personne. Certains appels fixent une taille.",
    )
    members_count = bounded(column(Organisation, "members_count"))
    cer_signed_on = bounded(column(Organisation, "cer_signed_on"))
    general_interest = forms.BooleanField(
        label="L’association est d’intérêt général", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "structure_type", [("", "—"), *grouped_choices("structure_types")])
        set_choices(self, "countries", choices("countries"))
        set_choices(self, "sectors", choices("sectors"))

    def clean_rna(self) -> str:
        return checked(engine.check_rna, self.cleaned_data["rna"].upper())


class EmployerFields(Identity):
    """The form fields of an employer, with its conditions for releasing staff.

    A structure type of the family `PUBLIC_FAMILY` makes the employer public.
    """

    is_public = column(Organisation, "is_public").formfield()
    structure_type = forms.ChoiceField(
        label=label_of(Organisation, "structure_type"),
        required=False,
        help_text="Les cadres de départ d’un employeur public en dépendent.",
    )
    headcount = bounded(
        column(Organisation, "headcount"),
        min_value=1,
        label="Effectif de l’établissement",
        help_text="Celui du site où la personne travaille, et non de toute l’organisation : le "
        "nombre de congés de solidarité internationale à la fois en dépend.",
    )
    inhabitants = bounded(column(Organisation, "inhabitants"))
    schemes = forms.MultipleChoiceField(
        label="Cadres que vous retenez d’avance",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Vous confirmerez le cadre pour chaque mission. Les congés que la personne peut "
        "demander elle-même (payés, épargnés, de solidarité) ne s’excluent pas d’avance.",
    )
    job_families = LinesField(
        label="Vos métiers, un par ligne",
        required=False,
        help_text="Par exemple : gestion de l’eau. Vous saurez quels besoins les attendent.",
    )
    lending_rules = column(Organisation, "lending_rules").formfield(
        label="Vos règles de prêt, en quelques mots", widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "structure_type", [("", "—"), *grouped_choices("structure_types")])
        set_choices(self, "schemes", choices("leave_schemes"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        kind = terms("structure_types").get(data.get("structure_type", ""))
        if kind and kind.parent == PUBLIC_FAMILY:
            data["is_public"] = True
        return data


class Registration(CreateForm):
    """Base form of a registration; the `network` field is used only if none serves the postcode.

    At least one identifier (SIRET, SIREN or RNA) is required.
    """

    network = forms.ModelChoiceField(
        label="Réseau",
        queryset=Network.objects.filter(in_explor=True),
        required=False,
        help_text="Laissez vide : votre code postal le dit. Choisissez s’il n’est pas desservi.",
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "postcode" in data:
            data["network"] = self._serving(data) or data.get("network")
            if data["network"] is None and "department" not in self.errors:
                self.add_error(
                    "network", "Aucun réseau ne dessert ce code postal : choisissez-en un."
                )
        if not any(data.get(key) for key in ("siret", "siren", "rna")) and not self.errors:
            self.add_error("siret", "Donnez au moins un identifiant.")
        return data

    @staticmethod
    def _serving(data: dict[str, Any]) -> Network | None:
        return serving(data["postcode"], data.get("city", ""), data.get("department", ""))

    @property
    def fields_given(self) -> dict[str, Any]:
        """Return the keyword arguments to pass to `actions.register`."""
        return {k: v for k, v in self.cleaned_data.items() if k != "idempotency_key"}


class AssociationRegistration(AssociationFields, Registration):
    """Form that registers an association."""


class EmployerRegistration(EmployerFields, Registration):
    """Form that registers an employer."""


class AssociationEdit(AssociationFields, EditForm):
    """Form that edits the description of an association."""

    def __init__(self, *args: Any, subject: Organisation, **kwargs: Any) -> None:
        initial = {name: getattr(subject, name, None) for name in AssociationFields.base_fields}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)


class EmployerEdit(EmployerFields, EditForm):
    """Form that edits the description of an employer."""

    def __init__(self, *args: Any, subject: Organisation, **kwargs: Any) -> None:
        initial = {name: getattr(subject, name, None) for name in EmployerFields.base_fields}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)


REGISTRATIONS = {Kind.ASSOCIATION: AssociationRegistration, Kind.EMPLOYER: EmployerRegistration}
EDITS = {Kind.ASSOCIATION: AssociationEdit, Kind.EMPLOYER: EmployerEdit}


class PartnerFields(forms.Form):
    """The form fields of a field partner: identity and contact details."""

    name = column(FieldPartner, "name").formfield()
    country = forms.ChoiceField(label=label_of(FieldPartner, "country"))
    place = column(FieldPartner, "place").formfield()
    contact = column(FieldPartner, "contact").formfield()
    email = column(FieldPartner, "email").formfield()
    phone = column(FieldPartner, "phone").formfield()
    language = forms.ChoiceField(
        label=label_of(FieldPartner, "language"), choices=lambda: settings.LANGUAGES
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "country", choices("countries"))


class PartnerNew(PartnerFields, CreateForm):
    """Form that adds a field partner."""


class PartnerEdit(PartnerFields, EditForm):
    """Form that edits a field partner."""

    def __init__(self, *args: Any, subject: FieldPartner, **kwargs: Any) -> None:
        initial = {name: getattr(subject, name) for name in PartnerFields.base_fields}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)


class PaperForm(CreateForm):
    """Form that adds a verification paper; an officer may certify having seen the original.

    An employer has only papers of the kind `PaperKind.OTHER`.
    """

    kind = forms.ChoiceField(label="Quelle pièce ?")
    file = DocumentField(label="Fichier")
    dated = bounded(column(MembershipPaper, "dated"), earliest=date(1900, 1, 1))
    valid_until = bounded(column(MembershipPaper, "valid_until"))

    def __init__(self, *args: Any, organisation: Organisation, officer: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        only_other = organisation.kind == Kind.EMPLOYER
        kinds = [each for each in PaperKind if each == PaperKind.OTHER or not only_other]
        set_choices(self, "kind", [(each.value, each.label.capitalize()) for each in kinds])
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


def checked(check: Any, value: str) -> str:
    """Return the identifier `value` as normalised by the function `check`; "" for a blank.

    Raises:
        ValidationError: the identifier is invalid; the message gives the reason in French.
    """
    if not value:
        return ""
    try:
        return str(check(value))
    except ValueError as error:
        raise forms.ValidationError(str(error)) from error
