"""Forms of a project, with every field of the project sheet; only the title is required."""

import re
from typing import Any

from django import forms
from django.utils import timezone

from explor.ground.reference.selectors import choices
from explor.ground.ui.fields import bounded
from explor.ground.ui.forms import CreateForm, set_choices
from explor.ground.workflow.forms import EditForm

from . import engine
from .models import Project

FIRST_YEAR = 1950
YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")


class PartialDateField(forms.CharField):
    """A field for a year, a month or a day: « 2026 », « mars 2026 », « 12/03/2026 »."""

    def __init__(self, *, last: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.last = last  # whether a quarter means its last month, not its first

    def clean(self, value: Any) -> str:
        """Return the date as « 2026 », « 2026-03 » or « 2026-03-12 »; "" for a blank.

        Raises:
            ValidationError: the text is not a date, is ambiguous, or its year is out of range.
        """
        typed = str(super().clean(value) or "").strip()
        if not typed:
            return ""
        written = engine.partial_date(typed, last=self.last)
        latest = timezone.localdate().year + 20
        years = [written[:4]] if written else YEAR.findall(typed)
        if any(not FIRST_YEAR <= int(year) <= latest for year in years):
            raise forms.ValidationError(f"Donnez une année de {FIRST_YEAR} à {latest}.")
        if written is None:
            raise forms.ValidationError(
                "Écrivez une année (2026), un mois (mars 2026) ou un jour (12/03/2026)."
            )
        return written


class NamesField(forms.CharField):
    """A field for names, one per line."""

    widget = forms.Textarea(attrs={"rows": 2})

    def prepare_value(self, value: Any) -> str:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        typed = str(super().clean(value) or "")
        return [line.strip()[:200] for line in typed.splitlines() if line.strip()]


TEXTS = ("context", "audiences", "local_partners", "objectives", "activities", "results")
LISTS = ("countries", "zones", "sectors", "sdgs")
FUNDERS = ("regional_funders", "national_funders", "other_funders")
NAMES = (
    *("title", "start", "end", "locality", "countries", "zones", "budget", *FUNDERS),
    *("sectors", "sdgs", "link", *TEXTS),
)
# The labels and help texts of the form that differ from the model.
LABELS = {"title": "Titre du projet", "budget": "Budget (€)"}
HELP = {
    "start": "Un mois suffit : mars 2026.",
    "context": "Le problème, l’histoire du projet.",
    "results": "Laissez vide si le projet n’en a pas encore.",
}


def control_of(name: str) -> forms.Field:
    """Return the form field for a field of the sheet; the model gives its label and length."""
    column: Any = Project._meta.get_field(name)
    label = LABELS.get(name, str(column.verbose_name).capitalize())
    given: dict[str, Any] = {
        "label": label,
        "help_text": HELP.get(name, ""),
        "required": not column.blank,
    }
    if name in FUNDERS:
        return NamesField(**given | {"label": f"{label}, un par ligne"})
    if name == "sdgs":
        boxes = forms.CheckboxSelectMultiple
        return forms.TypedMultipleChoiceField(coerce=int, empty_value=[], widget=boxes, **given)
    if name in LISTS:
        widget = forms.SelectMultiple if name == "countries" else forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(widget=widget, **given)
    if name in ("start", "end"):
        return PartialDateField(last=name == "end", **given)
    if name == "link":
        return forms.URLField(max_length=column.max_length, assume_scheme="https", **given)
    if name == "budget":
        given |= {"min_value": 0, "localize": True}
    if name in TEXTS:
        given["widget"] = forms.Textarea(attrs={"rows": 5})
    control: forms.Field = bounded(column, **given)
    return control


class ProjectFields(forms.Form):
    """The form fields of the project sheet, in the order of the sheet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {name: control_of(name) for name in NAMES}
        for name in LISTS:
            set_choices(self, name, choices(name))

    @classmethod
    def field_named(cls, name: str) -> forms.Field | None:
        if name not in NAMES:
            return cls.base_fields.get(name)
        control: Any = control_of(name)
        if name in LISTS:
            control.choices = choices(name)
        return control  # type: ignore[no-any-return]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = data.get("start"), data.get("end")
        if start and end and end < start[: len(end)]:
            self.add_error("end", "La fin précède le début.")
        return data


class ProjectNew(ProjectFields, CreateForm):
    """Form that creates a project."""


class ProjectEdit(ProjectFields, EditForm):
    """Form that edits a project."""

    def __init__(self, *args: Any, subject: Project, **kwargs: Any) -> None:
        initial = {name: getattr(subject, name) for name in NAMES}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)
