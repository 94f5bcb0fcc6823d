"""Forms of the profile of an expert: create, edit, add availability, import a resume."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst

from explor.actors.networks.models import Network
from explor.actors.organisations.models import Organisation
from explor.ground.reference.selectors import choices, find, terms
from explor.ground.ui.fields import DayField, LinesField, NumberField
from explor.ground.ui.forms import BaseForm, CreateForm, set_choices, set_queryset
from explor.ground.workflow.forms import EditForm

from .engine import LARGEST, Suggestions
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
MOST_LINES = 150  # maximum number of lines of one kind on the page
TOO_MANY = (f"les lignes d’une même rubrique au-delà de {MOST_LINES}",)
RESUME_GROUPS = {
    "job": "Votre métier",
    "summary": "Présentation",
    "experiences": "Expériences, études et bénévolat",
    "languages": "Langues",
    "skills": "Compétences",
}
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

    When the status has no employer, the fields about the employer are removed; if the profile names
    an employer, a check box confirms that it is removed.
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
        """Return the cleaned values by field name; a ticked removal sets the employer to None."""
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


class ResumeFileForm(BaseForm):
    """Form that uploads a resume, which is read at once and not kept."""

    file = forms.FileField(
        label="Votre CV",
        help_text="CV Europass (XML, ou PDF téléchargé de europass.europa.eu) ou JSON Resume. "
        "10\u00a0Mo au plus.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xml,.pdf,.json"}),
    )

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST:
            raise forms.ValidationError("Ce fichier dépasse 10 Mo.")
        return sent


class ResumeForm(EditForm):
    """Form that shows each suggestion of a resume next to the profile; only ticked ones are saved.

    Nothing is stored between the upload and the validation: without `suggestions`, the fields are
    rebuilt from the names of the submitted fields.
    """

    undrafted = True

    def __init__(
        self, *args: Any, subject: Expert, suggestions: Suggestions | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        self.has_profile = subject
        self.levels = {each.language: each.level for each in subject.languages.all()}
        offered = _new_of(suggestions, subject, self.levels) if suggestions else self._sent()
        self.left_aside = offered.left_aside
        self.names: dict[str, list[str]] = {}
        for name in ("job", "summary"):
            self._add_text(name, getattr(offered, name), getattr(subject, name))
        for kind, title in (("experiences", "Expérience"), ("skills", "Compétence")):
            for at, text in enumerate(getattr(offered, kind), 1):
                self._add(kind, f"{kind}_{at}", _line_field(f"{title} {at}", kind, text), True)
        for code, level in offered.languages:
            new = code not in self.levels
            self._add("languages", f"level_{code}", _level_field(code, level), new and bool(level))

    def _add_text(self, name: str, text: str, now: str) -> None:
        if text:
            field = forms.CharField(
                label=RESUME_GROUPS[name],
                max_length=200 if name == "job" else None,
                widget=forms.TextInput() if name == "job" else forms.Textarea(attrs={"rows": 5}),
                initial=text,
            )
            self._add(name, name, field, not now)

    def _add(self, group: str, name: str, field: forms.Field, ticked: bool) -> None:
        field.required = False
        field.needed = "repris si coché"  # type: ignore[attr-defined]
        label = f"Reprendre\N{NO-BREAK SPACE}: {str(field.label).removesuffix(', niveau')}"
        self.fields[f"take_{name}"] = forms.BooleanField(
            label=label, required=False, initial=ticked
        )
        self.fields[name] = field
        self.names.setdefault(group, []).append(name)

    def _sent(self) -> Suggestions:
        """Return blank suggestions, one for each field of the submitted form."""
        names = [name for name in self.data if not name.startswith("take_")]
        count = {
            kind: sum(name.startswith(f"{kind}_") for name in names)
            for kind in ("experiences", "skills")
        }
        return Suggestions(
            job="job" if "job" in names else "",
            summary="summary" if "summary" in names else "",
            experiences=("",) * min(count["experiences"], MOST_LINES),
            skills=("",) * min(count["skills"], MOST_LINES),
            languages=tuple((code, "") for code in terms("languages") if f"level_{code}" in names),
        )

    @property
    def groups(self) -> list[tuple[str, list[str], list[tuple[Any, Any]]]]:
        """Return the groups of fields for the template.

        Each group is (title, current values in the profile, pairs of a check box and a field).
        """
        own, labels = self.has_profile, terms("languages")
        now = {
            "job": [own.job],
            "summary": own.summary.splitlines(),
            "experiences": own.experiences.splitlines(),
            "skills": own.skills,
            "languages": [f"{labels[code].label} {level}" for code, level in self.levels.items()],
        }
        return [
            (title, [*filter(None, now[group])], [(self[f"take_{n}"], self[n]) for n in names])
            for group, title in RESUME_GROUPS.items()
            if (names := self.names.get(group))
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(data.get(f"take_{name}") for names in self.names.values() for name in names):
            raise forms.ValidationError("Cochez au moins une ligne à reprendre.")
        for name in (name for names in self.names.values() for name in names):
            if data.get(f"take_{name}") and name in data and not data[name]:
                self.add_error(name, "Remplissez ce champ, ou décochez-le.")
        return data

    def _ticked(self, group: str) -> dict[str, str]:
        data = self.cleaned_data
        names = self.names.get(group, [])
        return {name: data[name] for name in names if data[f"take_{name}"]}

    @property
    def changes(self) -> dict[str, Any]:
        """Return the ticked values by field; new experiences and skills are added to the old."""
        own = self.has_profile
        changes: dict[str, Any] = self._ticked("job") | self._ticked("summary")
        if lines := [" ".join(each.splitlines()) for each in self._ticked("experiences").values()]:
            changes["experiences"] = "\n".join([*own.experiences.splitlines(), *lines])
        if skills := self._ticked("skills").values():
            changes["skills"] = list(dict.fromkeys([*own.skills, *skills]))
        return changes

    @property
    def languages(self) -> list[dict[str, str]] | None:
        """Return the languages of the profile plus the ticked ones; None when none is ticked."""
        ticked = self._ticked("languages")
        taken = {name.removeprefix("level_"): level for name, level in ticked.items()}
        levels = self.levels | taken
        return [{"code": code, "level": level} for code, level in levels.items()] if taken else None


def _line_field(label: str, kind: str, text: str) -> forms.CharField:
    if kind == "skills":
        return forms.CharField(label=label, max_length=80, initial=text)
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 3}), initial=text)


def _level_field(code: str, level: str) -> forms.ChoiceField:
    label = f"{capfirst(terms('languages')[code].label)}, niveau"
    return forms.ChoiceField(
        label=label,
        choices=[("", "—"), *choices("cefr")],
        initial=level,
        help_text="Quand le CV dit plusieurs niveaux, le plus bas.",
    )


def _new_of(offered: Suggestions, own: Expert, levels: dict[str, str]) -> Suggestions:
    """Return the suggestions of a resume that are not in the profile yet, limited in number."""
    lines = {each.strip() for each in own.experiences.splitlines()}
    skills = {each.casefold() for each in own.skills}
    cut = max(len(offered.experiences), len(offered.skills)) > MOST_LINES
    return Suggestions(
        job="" if offered.job == own.job else offered.job,
        summary="" if offered.summary == own.summary.strip() else offered.summary,
        experiences=tuple(e for e in offered.experiences if e not in lines)[:MOST_LINES],
        skills=tuple(s for s in offered.skills if s.casefold() not in skills)[:MOST_LINES],
        languages=tuple(each for each in offered.languages if levels.get(each[0]) != each[1]),
        left_aside=(*offered.left_aside, *(TOO_MANY if cut else ())),
    )
