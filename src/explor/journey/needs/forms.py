"""Forms of a need."""

import uuid
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localdate, localtime

from explor.actors.experts.forms import LanguagesField
from explor.actors.networks.models import Officer
from explor.actors.organisations.models import FieldPartner, Organisation
from explor.actors.projects.models import Project
from explor.ground.common.forms import DayInput, Edit, LinesField, New, Parsed
from explor.ground.reference.queries import choices, grouped_choices, terms
from explor.journey.calls.models import Call
from explor.journey.calls.queries import receiving

from . import queries
from .models import Need, Purpose
from .rules import SCREENS, USES, Screen, label_of


class CallField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the calls that receive, each with its last day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, empty_label="Choisissez un appel", **kwargs)

    def label_from_instance(self, obj: Call) -> str:
        return (
            f"{obj} (jusqu’au {date_format(localtime(obj.closes_at))})"
            if obj.closes_at
            else str(obj)
        )


class NeedNew(New):
    """From which project, for which call."""

    project = forms.ModelChoiceField(
        label="Pour quel projet ?",
        queryset=Project.objects.none(),
        required=False,
        empty_label="Un nouveau projet, que nous décrirons plus tard",
    )
    call = CallField(
        label="Appel", queryset=Call.objects.none(), help_text="Les appels ouverts de votre réseau."
    )
    title = forms.CharField(
        label="En une ligne, de quoi avez-vous besoin ?",
        max_length=200,
        help_text="Par exemple : former six personnes à l’entretien des pompes.",
    )

    def __init__(self, *args: Any, association: Organisation, project: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Project.objects.filter(association=association)
        calls = receiving(association.network_id)
        self.fields["project"].queryset = own  # type: ignore[attr-defined]
        self.fields["project"].initial = project
        self.fields["call"].queryset = calls  # type: ignore[attr-defined]
        if len(calls) == 1:
            self.fields["call"].initial = calls[0].pk


class Prose(forms.CharField):
    """A long text, with the same line ends whatever the browser."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class SkillsField(LinesField):
    """Skills, one a line; those of the French list are written as the list does."""

    def clean(self, value: Any) -> list[str]:
        known = map(queries.skill_named, super().clean(value))
        return list(dict.fromkeys(known))


def _text(label: str, help_text: str = "", rows: int = 4) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return Prose(label=label, required=False, widget=area, help_text=help_text)


class NeedEdit(Edit):
    """The terms of reference. Nothing is compulsory before filing."""

    title = forms.CharField(label="Titre", max_length=200)
    purpose = forms.ChoiceField(
        label="La mission sert à",
        required=False,
        choices=[("", "—"), *Purpose.choices],
    )
    mission_type = forms.ChoiceField(label="Type de mission", required=False)
    context = _text("Contexte", "Le problème, ce qui a déjà été essayé.")
    audiences = _text("Publics concernés", "Qui vit ce problème, et combien de personnes.", rows=2)
    objectives = _text("Objectifs", "Ce que la personne vient faire, en une à trois phrases.")
    expected_results = _text(
        "Résultats attendus", "Ce qui existera à la fin et n’existe pas encore."
    )
    deliverables = _text("Livrables", "Les documents que la personne vous remettra, un par ligne.")
    profile = _text("Profil recherché", "Le métier, l’expérience, ce qui compte pour vous.", rows=3)
    sectors = forms.MultipleChoiceField(
        label="Secteurs", required=False, widget=forms.CheckboxSelectMultiple
    )
    skills = SkillsField(label="Compétences recherchées, une par ligne", required=False)
    languages = LanguagesField(
        label="Langues et niveau minimal, une par ligne",
        required=False,
        help_text="Par exemple : français B2, ou portugais B1.",
    )
    country = forms.ChoiceField(label="Pays", required=False)
    place = forms.CharField(label="Lieu", max_length=120, required=False)
    partner = forms.ModelChoiceField(
        label="Partenaire de terrain",
        queryset=FieldPartner.objects.none(),
        required=False,
        empty_label="—",
        help_text="Son pays et son lieu sont repris si vous laissez les vôtres vides.",
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
        if "languages" in self.shown:
            initial["languages"] = "\n".join(
                f"{labels[each.language].label} {each.level}" for each in subject.languages.all()
            )
        super().__init__(*args, subject=subject, initial=initial, **kwargs)
        self.need = subject
        for name in set(self.fields) - {*self.shown, *HIDDEN}:
            del self.fields[name]
        self._fill()

    @property
    def shown(self) -> tuple[str, ...]:
        """The fields of this page: here, all."""
        return tuple(self.base_fields)

    def _fill(self) -> None:
        fields: dict[str, Any] = self.fields
        own = FieldPartner.objects.filter(association=self.need.association_id)
        for name in fields:
            if name in LISTS:
                blank = [] if name == "sectors" else [("", "—")]
                fields[name].choices = [*blank, *choices(LISTS[name])]
            elif name == "mission_type":
                fields[name].choices = [("", "—"), *grouped_choices("mission_types")]
            elif name == "partner":
                fields[name].queryset = own
            elif name == "days":
                fields[name].help_text = f"De {self.need.min_days} à {self.need.max_days} jours."
        for comment in self.need.comments.all():
            if comment.settled_at is None and comment.field in fields:
                field = fields[comment.field]
                # Drawn as it is by the template of fields: what people typed is escaped here.
                told = (field.help_text, comment.by, comment.text)
                field.help_text = format_html("{} Remarque de {} : {}", *told)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        start, end, days = (data.get(name) for name in ("window_start", "window_end", "days"))
        if start and start <= localdate():
            self.add_error("window_start", "La fenêtre doit commencer après aujourd’hui.")
        if start and end and end < start:
            self.add_error("window_end", "La fenêtre se termine avant de commencer.")
        if days and not self.need.min_days <= days <= self.need.max_days:
            bounds = f"{self.need.min_days} à {self.need.max_days}"
            self.add_error("days", f"L’appel demande de {bounds} jours.")
        if partner := data.get("partner"):
            for name in {"country", "place"} & data.keys():
                data[name] = data[name] or getattr(partner, name)
        return data

    @property
    def spoken(self) -> list[dict[str, str]] | None:
        """The languages typed; None where the page does not ask for them."""
        return self.cleaned_data.get("languages")


class ScreenForm(NeedEdit):
    """One screen of the builder: its fields, and sentences to add by a click."""

    template_name = "needs/_screen_form.html"
    use_required_attribute = False
    tab = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    add_language = forms.ChoiceField(label="Ajouter une langue", required=False)
    add_level = forms.ChoiceField(label="Niveau minimal", required=False)

    def __init__(
        self,
        *args: Any,
        subject: Need,
        screen: Screen,
        asked: str = "",
        partner: str = "",
        **kwargs: Any,
    ) -> None:
        self.screen, self.asked = screen, asked
        super().__init__(*args, subject=subject, **kwargs)
        self.initial["partner"] = partner or subject.partner_id
        self.offers = queries.offers_of(subject, screen, asked)
        if "languages" in self.fields:
            self.order_fields(["profile", "skills", "languages", "add_language", "add_level"])
            for name, reference in (("add_language", "languages"), ("add_level", "cefr")):
                blank = [("", "—"), *choices(reference)]
                self.fields[name].choices = blank  # type: ignore[attr-defined]

    @property
    def shown(self) -> tuple[str, ...]:
        more = ("add_language", "add_level") if "languages" in self.screen.fields else ()
        return (*self.screen.fields, *more)

    @property
    def searching(self) -> str:
        """The words of a search: asked for, or left in the field before any skill was told."""
        words = str(self.data.get("chercher", ""))
        left = not self.adding and not self.cleaned_data.get("skills")
        return words if "search" in self.data or left else ""

    @property
    def adding(self) -> str:
        """The field to which a sentence is added by a click; nothing for a plain sending."""
        return str(self.data.get("add", "")).partition(":")[0]

    def get_context(self) -> dict[str, Any]:
        # Blank is kept, but « facultatif » is said of what one may file without, of that only.
        for name in set(self.fields) & {*USES, "languages"}:
            self.fields[name].required = True
        rows = [(self[name], self.offers.get(name, [])) for name in self.shown]
        return super().get_context() | {"rows": rows, "asked": self.asked}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        name, _, code = str(self.data.get("add", "")).partition(":")
        chosen = [offer.text for offer in self.offers.get(name, []) if offer.code == code]
        if name == "skills" and code in terms("skills"):
            chosen = [terms("skills")[code].label]
        if isinstance(data.get(name), list):
            data[name] = list(dict.fromkeys([*data[name], *chosen]))
        elif name in data:
            data[name] = "\n".join(filter(None, [data[name], *chosen]))
        language, level = data.get("add_language"), data.get("add_level")
        if language and not level:
            self.add_error("add_level", "Choisissez un niveau, même approché.")
        elif language and "languages" in data:
            kept = [each for each in data["languages"] if each["code"] != language]
            data["languages"] = [*kept, {"code": language, "level": level}]
        return data

    @property
    def changes(self) -> dict[str, Any]:
        """What the screen says and that holds, languages aside."""
        wrong = {"window_start", "window_end"} if "window_end" in self.errors else set()
        plain = (name for name in self.screen.fields if name not in {"languages", *wrong})
        return {name: self.cleaned_data[name] for name in plain if name in self.cleaned_data}


OWN = ("version", "languages", "tab", "add_language", "add_level")
HIDDEN = ("version", "tab")
LISTS = {"sectors": "sectors", "country": "countries"}


class CopyForm(New):
    """On which call an earlier need begins again, and under which title."""

    call = CallField(label="Appel", queryset=Call.objects.none())
    title = forms.CharField(label="Titre", max_length=200)

    def __init__(self, *args: Any, subject: Need, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].initial = subject.title
        own = receiving(subject.association.network_id)
        self.fields["call"].queryset = own  # type: ignore[attr-defined]


class RemarkForm(New):
    """A remark on one field."""

    field = forms.ChoiceField(label="Sur quelle rubrique ?")
    text = forms.CharField(
        label="Votre remarque", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = [name for screen in SCREENS.values() for name in screen.fields]
        self.fields["field"].choices = [  # type: ignore[attr-defined]
            (name, label_of(name)) for name in fields
        ]


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
