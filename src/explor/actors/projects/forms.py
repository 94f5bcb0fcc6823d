"""The description of a project: every field of the sheet, none compulsory but the title."""

import re
from typing import Any

from django import forms

from explor.ground.reference.queries import choices
from explor.ground.ui.forms import CreateForm
from explor.ground.workflow.forms import EditForm

from .models import Project

PARTIAL = re.compile(r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
    *("septembre", "octobre", "novembre", "décembre"),
)


class PartialDateField(forms.CharField):
    """A year, a month or a day: « 2026 », « mars 2026 », « 03/2026 », « 12/03/2026 »."""

    def clean(self, value: Any) -> str:
        """The date as « 2026 », « 2026-03 » or « 2026-03-12 »; blank stays blank."""
        typed = str(super().clean(value) or "").strip().lower()
        parts = [self._number(part) for part in re.split(r"[\s/.-]+", typed) if part]
        if len(parts) > 1 and len(parts[-1]) == 4:
            parts.reverse()
        found = "-".join(parts)
        if found and not PARTIAL.match(found):
            raise forms.ValidationError(
                "Écrivez une année (2026), un mois (mars 2026) ou un jour (12/03/2026)."
            )
        return found

    @staticmethod
    def _number(part: str) -> str:
        folded = {month: f"{n:02d}" for n, month in enumerate(MONTHS, start=1)}
        return folded.get(part, part.zfill(2) if part.isdigit() else part)


class NamesField(forms.CharField):
    """Names, one a line."""

    widget = forms.Textarea(attrs={"rows": 2})

    def prepare_value(self, value: Any) -> str:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        typed = str(super().clean(value) or "")
        return [line.strip()[:200] for line in typed.splitlines() if line.strip()]


def _text(label: str, help_text: str = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(label=label, required=False, widget=area, help_text=help_text)


class ProjectFields(forms.Form):
    """The fields of the project sheet, in its order."""

    title = forms.CharField(label="Titre du projet", max_length=250)
    start = PartialDateField(
        label="Date de début", required=False, help_text="Un mois suffit : mars 2026."
    )
    end = PartialDateField(label="Date de fin", required=False)
    locality = forms.CharField(label="Localité", max_length=200, required=False)
    countries = forms.MultipleChoiceField(label="Pays d’intervention", required=False)
    zones = forms.MultipleChoiceField(
        label="Zones d’intervention", required=False, widget=forms.CheckboxSelectMultiple
    )
    budget = forms.DecimalField(
        label="Budget (€)",
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        localize=True,
    )
    regional_funders = NamesField(label="Financeurs régionaux, un par ligne", required=False)
    national_funders = NamesField(label="Financeurs nationaux, un par ligne", required=False)
    other_funders = NamesField(label="Autres financeurs, un par ligne", required=False)
    sectors = forms.MultipleChoiceField(
        label="Secteurs d’intervention", required=False, widget=forms.CheckboxSelectMultiple
    )
    sdgs = forms.TypedMultipleChoiceField(
        label="Objectifs de développement durable",
        required=False,
        coerce=int,
        empty_value=[],
        widget=forms.CheckboxSelectMultiple,
    )
    link = forms.URLField(label="Lien", required=False, max_length=500, assume_scheme="https")
    context = _text("Contexte", "Le problème, l’histoire du projet.")
    audiences = _text("Publics concernés")
    local_partners = _text("Partenaires locaux")
    objectives = _text("Objectifs du projet")
    activities = _text("Activités")
    results = _text("Résultats", "Laissez vide si le projet n’en a pas encore.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("countries", "zones", "sectors", "sdgs"):
            self.fields[name].choices = choices(name)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = data.get("start"), data.get("end")
        if start and end and end < start[: len(end)]:
            self.add_error("end", "La fin précède le début.")
        return data


class ProjectNew(ProjectFields, CreateForm):
    """A new project."""


class ProjectEdit(ProjectFields, EditForm):
    """A project described already."""

    def __init__(self, *args: Any, subject: Project, **kwargs: Any) -> None:
        initial = {name: getattr(subject, name) for name in ProjectFields.base_fields}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)
