"""Forms of a need."""

from typing import Any

from django import forms

from explor.actors.experts.forms import LanguagesField
from explor.actors.networks.models import Officer
from explor.actors.organisations.models import FieldPartner
from explor.actors.projects.models import Project
from explor.ground.common.forms import DayInput, Edit, LinesField, New, Parsed
from explor.ground.reference.queries import choices, terms
from explor.journey.calls.models import Call
from explor.journey.calls.queries import receiving

from .models import Need, Purpose


class NeedNew(New):
    """From which project, for which call."""

    project = forms.ModelChoiceField(label="Projet", queryset=Project.objects.none())
    call = forms.ModelChoiceField(
        label="Appel", queryset=Call.objects.none(), help_text="Les appels ouverts de votre réseau."
    )
    title = forms.CharField(
        label="En une ligne, de quoi avez-vous besoin ?",
        max_length=200,
        help_text="Par exemple : former six personnes à l’entretien des pompes.",
    )

    def __init__(self, *args: Any, association: int, network: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Project.objects.filter(association=association)
        self.fields["project"].queryset = own  # type: ignore[attr-defined]
        self.fields["call"].queryset = receiving(network)  # type: ignore[attr-defined]


def _text(label: str, help_text: str = "", rows: int = 4) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, widget=area, help_text=help_text)


class NeedEdit(Edit):
    """The terms of reference. Nothing is compulsory before filing."""

    title = forms.CharField(label="Titre", max_length=200)
    purpose = forms.ChoiceField(
        label="La mission sert à",
        required=False,
        choices=[("", "—"), *Purpose.choices],
    )
    mission_type = forms.ChoiceField(label="Type de mission", required=False)
    context = _text("Contexte", "Le problème, pour qui, avec qui.")
    objectives = _text("Objectifs", "Ce que la personne vient faire, en une à trois phrases.")
    expected_results = _text(
        "Résultats attendus", "Ce qui existera à la fin et n’existe pas encore."
    )
    sectors = forms.MultipleChoiceField(
        label="Secteurs", required=False, widget=forms.CheckboxSelectMultiple
    )
    skills = LinesField(label="Compétences recherchées, une par ligne", required=False)
    languages = LanguagesField(
        label="Langues et niveau minimal, une par ligne",
        required=False,
        help_text="Par exemple : français B2, ou portugais B1.",
    )
    country = forms.ChoiceField(label="Pays", required=False)
    place = forms.CharField(label="Lieu", max_length=120, required=False)
    partner = forms.ModelChoiceField(
        label="Partenaire de terrain", queryset=FieldPartner.objects.none(), required=False
    )
    window_start = forms.DateField(label="Au plus tôt le", required=False, widget=DayInput())
    window_end = forms.DateField(label="Au plus tard le", required=False, widget=DayInput())
    days = forms.IntegerField(label="Durée sur place (jours)", required=False, min_value=1)
    seats = forms.IntegerField(
        label="Nombre de personnes demandées", min_value=1, max_value=6, initial=1
    )

    def __init__(self, *args: Any, subject: Need, **kwargs: Any) -> None:
        initial = {name: getattr(subject, name) for name in self.base_fields if name not in OWN}
        labels = terms("languages")
        initial["languages"] = "\n".join(
            f"{labels[each.language].label} {each.level}" for each in subject.languages.all()
        )
        super().__init__(*args, subject=subject, initial=initial, **kwargs)
        self.need = subject
        partners = FieldPartner.objects.filter(association=subject.association_id)
        self.fields["partner"].queryset = partners  # type: ignore[attr-defined]
        for name, reference in LISTS.items():
            blank = [] if name == "sectors" else [("", "—")]
            self.fields[name].choices = [*blank, *choices(reference)]  # type: ignore[attr-defined]
        self.fields["days"].help_text = f"De {subject.min_days} à {subject.max_days} jours."
        for comment in subject.comments.all():
            if comment.settled_at is None and comment.field in self.fields:
                field = self.fields[comment.field]
                field.help_text = f"{field.help_text} Remarque du réseau : {comment.text}".strip()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        start, end, days = (data.get(name) for name in ("window_start", "window_end", "days"))
        if start and end and end < start:
            self.add_error("window_end", "La fenêtre se termine avant de commencer.")
        if days and not self.need.min_days <= days <= self.need.max_days:
            bounds = f"{self.need.min_days} à {self.need.max_days}"
            self.add_error("days", f"L’appel demande de {bounds} jours.")
        return data


OWN = ("version", "languages")
LISTS = {"mission_type": "mission_types", "sectors": "sectors", "country": "countries"}


class SendBackForm(Edit):
    """One message, and remarks on the fields concerned."""

    reason = forms.CharField(
        label="Votre message",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Dites tout ce qui manque en une fois, et pour quand.",
    )

    def __init__(self, *args: Any, subject: Need, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        for name, field in NeedEdit.base_fields.items():
            if name not in ("version", "seats"):
                self.fields[f"on_{name}"] = forms.CharField(
                    label=f"Remarque : {field.label}",
                    required=False,
                    max_length=500,
                    widget=forms.TextInput(),
                )

    @property
    def comments(self) -> dict[str, str]:
        """Remarks by field."""
        return {
            name.removeprefix("on_"): text
            for name, text in self.cleaned_data.items()
            if name.startswith("on_") and text
        }


class AssignForm(Edit):
    """Who takes charge."""

    officer = forms.ModelChoiceField(
        label="En charge", queryset=Officer.objects.none(), required=False
    )

    def __init__(self, *args: Any, subject: Need, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, initial={"officer": subject.officer}, **kwargs)
        own = Officer.objects.filter(network=subject.network_id).select_related("person")
        self.fields["officer"].queryset = own  # type: ignore[attr-defined]
        self.fields["officer"].label_from_instance = (  # type: ignore[attr-defined]
            lambda officer: officer.person.name
        )


class PartnerForm(Parsed):
    """The partner confirms, or says what is wrong."""

    remark = forms.CharField(required=False, max_length=2000, widget=forms.Textarea)

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remark"].label = label
