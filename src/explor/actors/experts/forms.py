"""Forms that create and edit the profile of an expert and their availability."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst

from explor.actors.networks.models import Network
from explor.actors.organisations.models import Organisation
from explor.ground.reference.selectors import choices, find, terms
from explor.ground.ui.fields import DayField, LinesField, NumberField
from explor.ground.ui.forms import CreateForm, set_choices, set_queryset
from explor.ground.workflow.forms import EditForm

from .models import WITH_A_TERM, WITHOUT_EMPLOYER, Employment, Expert

EMPLOYMENT_GROUPS = (
    ("Secteur privé", (Employment.EMPLOYEE, Employment.FIXED_TERM, Employment.APPRENTICE)),
    (
        "Fonction publique",
        (
            Employment.TENURED,
            Employment.TRAINEE,
            Employment.CONTRACT,
            Employment.ON_DISPONIBILITE,
        ),
    ),
    ("Sans employeur", WITHOUT_EMPLOYER),
)
OF_EMPLOYER = ("employer", "employed_since", "contract_ends", "part_time")


def employments() -> list[tuple[str, Any]]:
    """Return the choices of the status field: a blank, then groups (title, [(value, label)])."""
    groups = [
        (title, [(each.value, capfirst(each.label)) for each in statuses])
        for title, statuses in EMPLOYMENT_GROUPS
    ]
    return [("", "—"), *groups]


class LanguagesField(forms.CharField):
    """A field of languages with their levels, one per line: « portugais B1 »."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> list[dict[str, str]]:
        """Return a list of {code, level} in the order typed.

        Raises:
            ValidationError: a line is not a language with a level, or repeats a language.
        """
        levels: dict[str, str] = {}
        for line in filter(None, map(str.strip, str(super().clean(value) or "").splitlines())):
            name, _, level = line.rpartition(" ")
            language = find("languages", name.strip(" :,"))
            if language is None or level.upper() not in terms("cefr"):
                raise forms.ValidationError(
                    f"« {line} » n’est pas compris. Écrivez une langue puis un niveau de A1 à C2, "
                    "par exemple : portugais B1."
                )
            if language.code in levels:
                raise forms.ValidationError(f"{language.label} est indiqué deux fois.")
            levels[language.code] = level.upper()
        return [{"code": code, "level": level} for code, level in levels.items()]


class ProfileFields(forms.Form):
    """The fields of a profile shared by the creation form and the edit form."""

    job = forms.CharField(label="Votre métier", max_length=200)
    employment = forms.ChoiceField(
        label="Statut",
        choices=employments(),
        help_text="Retraite, activité indépendante, recherche d’emploi ou bénévolat : personne n’a "
        "à vous libérer. Votre réseau accorde votre départ, comme bénévole.",
    )
    employer = forms.ModelChoiceField(
        label="Employeur inscrit dans Explor",
        queryset=Organisation.objects.none(),
        required=False,
        help_text="Absent de la liste ? Laissez vide : votre réseau vous aidera à l’inviter.",
    )
    employed_since = DayField(label="En poste depuis", required=False, earliest=date(1950, 1, 1))
    contract_ends = DayField(
        label="Fin du contrat",
        required=False,
        help_text="Pour un CDD, un apprentissage ou un contrat public : son dernier jour. Vous, "
        "votre employeur et votre réseau êtes seuls à la voir.",
    )
    part_time = forms.NullBooleanField(
        label="Temps partiel",
        required=False,
        widget=forms.Select(choices=[("", "—"), ("True", "Oui"), ("False", "Non")]),
    )
    summary = forms.CharField(
        label="Présentez-vous", widget=forms.Textarea(attrs={"rows": 5}), required=False
    )
    experiences = forms.CharField(
        label="Vos expériences, une par ligne",
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        help_text="Une mission, un chantier, une formation donnée : ce sont les preuves citées.",
    )
    sectors = forms.MultipleChoiceField(
        label="Secteurs", required=False, widget=forms.CheckboxSelectMultiple
    )
    skills = LinesField(label="Compétences, une par ligne", required=False)
    languages = LanguagesField(
        label="Langues et niveaux, une par ligne",
        required=False,
        help_text="Par exemple : portugais B1. De A1 (débutant) à C2 (bilingue).",
    )
    countries = forms.MultipleChoiceField(label="Pays que vous connaissez", required=False)
    load = NumberField(label="Missions possibles par an", min_value=1, max_value=4, initial=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        employers = Organisation.objects.verified().filter(kind="employeur")
        set_queryset(self, "employer", employers)
        set_choices(self, "sectors", choices("sectors"))
        set_choices(self, "countries", choices("countries"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        employment, ends = data.get("employment", ""), data.get("contract_ends")
        if employment in WITHOUT_EMPLOYER:
            if data.get("employer"):
                self.add_error("employer", "Ce statut est sans employeur : laissez ce champ vide.")
        elif ends and employment and employment not in WITH_A_TERM:
            self.add_error("contract_ends", "Ce statut n’a pas de fin de contrat : effacez-la.")
        elif ends and data.get("employed_since") and ends < data["employed_since"]:
            self.add_error("contract_ends", "Le contrat finit avant d’avoir commencé.")
        return data


class ProfileNew(ProfileFields, CreateForm):
    """Form in which a professional creates a profile."""

    network = forms.ModelChoiceField(
        label="Votre réseau régional", queryset=Network.objects.filter(in_explor=True)
    )
    consent = forms.BooleanField(
        label="J’autorise ce réseau à voir mon profil",
        required=False,
        help_text="Vous pourrez retirer cet accord à tout moment, d’un clic.",
    )


class ProfileEdit(ProfileFields, EditForm):
    """Form in which a professional or a network edits a profile.

    With a status without employer it asks nothing of an employer, and before the one on the
    profile is removed, it asks for a confirmation.
    """

    def __init__(self, *args: Any, subject: Expert, **kwargs: Any) -> None:
        initial = {
            name: getattr(subject, name)
            for name in ProfileFields.base_fields
            if name != "languages"
        }
        labels = terms("languages")
        initial["languages"] = "\n".join(
            f"{labels[each.language].label} {each.level}" for each in subject.languages.all()
        )
        super().__init__(*args, subject=subject, initial=initial, **kwargs)
        self.had_no_employer = subject.without_employer
        sent = self.data.get(self.add_prefix("employment")) if self.is_bound else None
        if (subject.employment if sent is None else sent) in WITHOUT_EMPLOYER:
            self._ask_no_employer(subject)

    def _ask_no_employer(self, subject: Expert) -> None:
        for name in OF_EMPLOYER:
            del self.fields[name]
        if subject.employer:
            self.fields["leaves_employer"] = forms.BooleanField(
                label=f"Je n’ai plus d’employeur : retirer « {subject.employer} » de mon profil",
                help_text="La date d’embauche, la fin du contrat et le temps partiel s’effacent "
                "aussi. Les mises en relation déjà commencées gardent cet employeur : prévenez "
                "votre réseau.",
                error_messages={
                    "required": "Cochez pour confirmer, ou choisissez un autre statut."
                },
            )
            self.order_fields(["job", "employment", "leaves_employer"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        unasked = self.add_prefix("employer") not in self.data
        if "employer" in self.fields and unasked and self.had_no_employer:
            self.add_error("employer", "Dites qui vous emploie, ou laissez vide, puis enregistrez.")
        return data

    @property
    def values(self) -> dict[str, Any]:
        """Return the cleaned values by field name; a ticked removal makes the employer None."""
        values = super().values
        if values.pop("leaves_employer", False):
            values["employer"] = None
        return values


class AvailabilityForm(CreateForm):
    """Form that adds a period of availability, both days included."""

    start = DayField(label="Du")
    end = DayField(label="Au")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = data.get("start"), data.get("end")
        if start and end and end < start:
            self.add_error("end", "La fin précède le début.")
        if end and end < timezone.localdate():
            self.add_error("end", "Cette période est déjà passée.")
        return data
