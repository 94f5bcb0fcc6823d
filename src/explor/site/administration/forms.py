"""Forms of the administration pages."""

from typing import Any

from django import forms

from explor.actors.networks.models import Network
from explor.actors.organisations import engine
from explor.actors.organisations.forms import Identity, checked
from explor.ground.accounts.models import FactorReset
from explor.ground.reference.selectors import choices, terms
from explor.ground.ui.components import ACCENTS
from explor.ground.ui.fields import EmailField
from explor.ground.ui.forms import ChangesForm, CreateForm
from explor.journey.calls.models import Funder


class DepartmentsField(forms.CharField):
    """Text field such as "03, 2A", whose value is a list of codes of départements."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        codes = str(super().clean(value) or "").replace(",", " ").upper().split()
        known = terms("departments")
        if unknown := [code for code in codes if code not in known]:
            raise forms.ValidationError(f"Département inconnu : {', '.join(unknown)}.")
        return list(dict.fromkeys(codes))


class NetworkForm(ChangesForm, CreateForm, forms.ModelForm):  # type: ignore[type-arg]
    """The fields of a network that the administration fills in."""

    region = forms.ChoiceField(label="Région", choices=lambda: choices("regions"))
    departments = DepartmentsField(
        label="Départements", help_text="Leurs numéros, séparés par des virgules : 03, 2A, 974."
    )
    accent = forms.ChoiceField(label="Couleur", choices=ACCENTS)
    website = forms.URLField(label="Site", required=False, assume_scheme="https")

    class Meta:
        model = Network
        fields = [
            *("name", "slug", "legal_form", "region", "departments", "accent"),
            *("email", "phone", "address", "website", "in_explor", "public_body"),
        ]
        help_texts = {"slug": "Dans l’adresse des pages, en minuscules : resacoop."}


class FunderForm(ChangesForm, CreateForm, forms.ModelForm):  # type: ignore[type-arg]
    """The fields of a funder that the administration fills in."""

    siret = Identity.base_fields["siret"]

    class Meta:
        model = Funder
        fields = ["name", "slug", "level", "siret"]
        help_texts = {"slug": "Dans l’adresse des pages, en minuscules : fonjep."}

    def clean_siret(self) -> str:
        return checked(engine.check_siret, self.cleaned_data["siret"])


class NewMemberForm(CreateForm):
    """Form with the email address and name of a person to invite."""

    email = EmailField(label="Adresse électronique")
    name = forms.CharField(label="Prénom et nom", max_length=200, required=False)


class ConfirmForm(CreateForm):
    """A confirmation without any field; its action runs once even when submitted twice."""


class ReasonForm(CreateForm):
    """A confirmation with a reason, which is written in the journal."""

    reason = forms.CharField(
        label="Motif", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class ResetForm(CreateForm, forms.ModelForm):  # type: ignore[type-arg]
    """Form with the reason to reset the second factor of a person's sign-in."""

    class Meta:
        model = FactorReset
        fields = ["reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}
