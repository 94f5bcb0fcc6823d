"""Forms of a need: creation, edition, guided builder, copy, remark, officer, confirmation."""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.html import format_html
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy

from explor.actors.experts.forms import LanguagesField
from explor.actors.networks.models import Officer
from explor.actors.organisations.models import FieldPartner, Organisation
from explor.actors.projects.models import Project
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.ground.reference.selectors import choices, grouped_choices, terms
from explor.ground.ui.days import date_format
from explor.ground.ui.fields import BIG, LinesField, NumberField, bounded
from explor.ground.ui.forms import CreateForm, set_choices, set_queryset
from explor.ground.workflow.forms import EditForm
from explor.journey.calls.forms import control
from explor.journey.calls.models import Call
from explor.journey.calls.selectors import receiving
from explor.journey.eligibility.rules import (
    duration_problem,
    window_length_problem,
    window_start_problem,
)

from . import fields
from .models import Need
from .pages import suggestions
from .rules import SCREENS, Screen, label_of

CHANGED = gettext_lazy(
    "La mission a changé depuis que vous avez ouvert cette page. Relisez-la, puis répondez."
)


class CallField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among the calls that receive needs, each labelled with its closing date."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, empty_label="Choisissez un appel", **kwargs)

    def label_from_instance(self, obj: Call) -> str:
        return (
            f"{obj} (jusqu’au {date_format(localtime(obj.closes_at))})"
            if obj.closes_at
            else str(obj)
        )


class NeedNew(CreateForm):
    """The project, the call and the title of a need to create."""

    project = forms.ModelChoiceField(
        label="Pour quel projet ?",
        queryset=Project.objects.none(),
        required=False,
        empty_label="Un nouveau projet, que nous décrirons plus tard",
    )
    call = CallField(
        label="Appel", queryset=Call.objects.none(), help_text="Les appels ouverts de votre réseau."
    )
    title = control(
        Need,
        "title",
        label="En une ligne, de quoi avez-vous besoin ?",
        help_text="Par exemple : former six personnes à l’entretien des pompes.",
    )

    def __init__(self, *args: Any, association: Organisation, project: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Project.objects.filter(association=association)
        calls = receiving(association.network_id)
        set_queryset(self, "project", own)
        self.fields["project"].initial = project
        set_queryset(self, "call", calls)
        if len(calls) == 1:
            self.fields["call"].initial = calls[0].pk


class Prose(forms.CharField):
    """A long text whose line endings, CRLF in some browsers, become LF."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class SkillsField(LinesField):
    """Skills, one per line; a skill of the reference list takes the spelling of that list."""

    def clean(self, value: Any) -> list[str]:
        known = map(suggestions.skill_named, super().clean(value))
        return list(dict.fromkeys(known))


def control_of(field: fields.Field) -> forms.Field:
    """Return the form field for an entry of the table; its type and length come from the model."""
    given: dict[str, Any] = {
        "label": field.label or label_of(field.name),
        "help_text": field.help,
    }
    if field.name == "languages":
        return LanguagesField(required=False, **given)
    column: Any = Need._meta.get_field(field.name)
    given["required"] = not column.blank
    if isinstance(column, ArrayField):
        boxes = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, **given)
        return boxes if field.vocabulary else SkillsField(**given)
    if column.choices or field.vocabulary:
        return forms.ChoiceField(choices=[("", "—"), *(column.choices or [])], **given)
    if isinstance(column, models.TextField):
        area = forms.Textarea(attrs={"rows": field.rows})
        return Prose(widget=area, **given)
    control: forms.Field = bounded(column, **given, **_kind(field, column))
    return control


def _kind(field: fields.Field, column: Any) -> dict[str, Any]:
    if isinstance(column, models.ForeignKey):
        return {"empty_label": "—"}
    bounds = {"min_value": field.least, "max_value": field.most}
    return {name: bound for name, bound in bounds.items() if bound is not None}


class NeedForm(EditForm):
    """Form of the need fields named in `shown`, generated from the table of the fields.

    After a conflict, `first_version` keeps the version of the page first opened.
    """

    first_version = NumberField(widget=forms.HiddenInput, max_value=BIG, required=False)

    def __init__(self, *args: Any, subject: Need, shown: Sequence[str], **kwargs: Any) -> None:
        initial = {name: getattr(subject, name) for name in shown if name != "languages"}
        if "languages" in shown:
            initial["languages"] = _typed_languages(subject)
        super().__init__(*args, subject=subject, initial=initial, **kwargs)
        self.need, self.shown = subject, shown
        self.fields |= {name: control_of(fields.named(name)) for name in shown}
        self._fill()
        self._show_remarks()

    @classmethod
    def field_named(cls, name: str) -> forms.Field | None:
        if name not in {field.name for field in fields.FIELDS}:
            return super().field_named(name)
        field = fields.named(name)
        control: Any = control_of(field)
        if field.vocabulary:
            control.choices = choices(field.vocabulary)
        return control  # type: ignore[no-any-return]

    def _fill(self) -> None:
        """Set the choices and help text that depend on the need or on the reference lists."""
        controls: dict[str, Any] = self.fields
        for name in self.shown:
            vocabulary = fields.named(name).vocabulary
            if name == "mission_type":
                controls[name].choices = [("", "—"), *grouped_choices(vocabulary)]
            elif vocabulary:
                several = isinstance(controls[name], forms.MultipleChoiceField)
                blank = [] if several else [("", "—")]
                controls[name].choices = [*blank, *choices(vocabulary)]
            elif name == "partner":
                own = FieldPartner.objects.filter(association=self.need.association_id)
                controls[name].queryset = own
            elif name == "days":
                controls[name].help_text = f"De {self.need.min_days} à {self.need.max_days} jours."

    def _show_remarks(self) -> None:
        for comment in self.need.comments.all():
            if comment.settled_at is None and comment.field in self.fields:
                field = self.fields[comment.field]
                # The template renders this without escaping: what people typed is escaped here.
                parts = (field.help_text, comment.by, comment.text)
                field.help_text = format_html("{} Remarque de {} : {}", *parts)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        start, end, days = (data.get(name) for name in ("window_start", "window_end", "days"))
        if start and (problem := window_start_problem(start, localdate())):
            self.add_error("window_start", problem)
        if start and end and (problem := window_length_problem(start, end, None)):
            self.add_error("window_end", problem)
        if days and (problem := duration_problem(days, self.need.min_days, self.need.max_days)):
            self.add_error("days", problem)
        if partner := data.get("partner"):
            for name in {"country", "place"} & data.keys():
                data[name] = data[name] or getattr(partner, name)
        return data

    def refuse(self, refusal: ActionNotAllowed) -> None:
        first = self.data.get("first_version") or self.data["version"]
        super().refuse(refusal)
        if isinstance(refusal, EditConflict):
            data: Any = self.data
            data["first_version"] = first

    @property
    def spoken(self) -> list[dict[str, str]] | None:
        """Return the languages sent as {code, level} dicts; None if the form has no such field."""
        return self.cleaned_data.get("languages")

    @property
    def changes(self) -> dict[str, Any]:
        """Return {field: value} for the valid values that were sent, except languages."""
        wrong = {"window_start", "window_end"} if "window_end" in self.errors else set()
        plain = (name for name in self.shown if name not in {"languages", *wrong})
        return {name: self.cleaned_data[name] for name in plain if name in self.cleaned_data}


def _typed_languages(need: Need) -> str:
    known = terms("languages")
    return "\n".join(f"{known[each.language].label} {each.level}" for each in need.languages.all())


class NeedEdit(NeedForm):
    """Form of all the fields of a need, on one page."""

    def __init__(self, *args: Any, subject: Need, **kwargs: Any) -> None:
        every = [field.name for field in fields.FIELDS]
        super().__init__(*args, subject=subject, shown=every, **kwargs)


class ScreenForm(NeedForm):
    """Form of one screen of the guided builder: its fields, and suggestions that a click adds."""

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
        search: str = "",
        partner: str = "",
        **kwargs: Any,
    ) -> None:
        self.screen, self.search = screen, search
        super().__init__(*args, subject=subject, shown=screen.fields, **kwargs)
        if "partner" in self.fields:
            self.initial["partner"] = partner or subject.partner_id
        self.offers = suggestions.offers_of(subject, screen, search)
        if "languages" not in self.fields:
            del self.fields["add_language"], self.fields["add_level"]
        else:
            self.order_fields([*screen.fields, "add_language", "add_level"])
            for name, reference in (("add_language", "languages"), ("add_level", "cefr")):
                blank = [("", "—"), *choices(reference)]
                set_choices(self, name, blank)

    @property
    def searching(self) -> str:
        """Return the text of the skill search, "" when no search is to be made.

        A search is made when its button is clicked, or when the form is sent without any skill.
        """
        words = str(self.data.get("chercher", ""))
        left = not self.adding and not self.cleaned_data.get("skills")
        return words if "search" in self.data or left else ""

    @property
    def adding(self) -> str:
        """Return the name of the field to which the clicked suggestion is added, else ""."""
        return str(self.data.get("add", "")).partition(":")[0]

    def _stored_otherwise(self) -> Iterator[tuple[str, str]]:
        return iter(())  # the page shows all that the screen holds

    def get_context(self) -> dict[str, Any]:
        # A draft may be blank, but « facultatif » marks only fields not required to file a need.
        for name in self.shown:
            self.fields[name].required = fields.named(name).needed or name in ("title", "seats")
        visible = [name for name in self.fields if name not in ("version", "first_version", "tab")]
        rows = [(self[name], self.offers.get(name, [])) for name in visible]
        return super().get_context() | {"rows": rows, "search": self.search}

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


class CopyForm(CreateForm):
    """The call and the title of a copy of an earlier need."""

    call = CallField(label="Appel", queryset=Call.objects.none())
    title = control(Need, "title")

    def __init__(self, *args: Any, subject: Need, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].initial = subject.title
        own = receiving(subject.association.network_id)
        set_queryset(self, "call", own)


class RemarkForm(CreateForm):
    """A remark on one field of a need."""

    field = forms.ChoiceField(label="Sur quelle rubrique ?")
    text = forms.CharField(
        label="Votre remarque", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [name for screen in SCREENS.values() for name in screen.fields]
        self.fields["field"].choices = [  # type: ignore[attr-defined]
            (name, label_of(name)) for name in names
        ]


class AssignForm(EditForm):
    """The officer who takes charge of a need."""

    officer = forms.ModelChoiceField(
        label="En charge", queryset=Officer.objects.none(), required=False
    )

    def __init__(self, *args: Any, subject: Need, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, initial={"officer": subject.officer}, **kwargs)
        own = Officer.objects.filter(network=subject.network_id).select_related("person")
        set_queryset(self, "officer", own)
        self.fields["officer"].label_from_instance = (  # type: ignore[attr-defined]
            lambda officer: officer.person.name
        )


class PartnerForm(EditForm):
    """The partner's remark on the need; left blank, the form confirms the need.

    The form is refused if the need changed since the page opened, so that no unread date is
    confirmed.
    """

    remark = forms.CharField(
        label=gettext_lazy("Une remarque ? Sinon, laissez vide."),
        required=False,
        max_length=2000,
        widget=forms.Textarea,
    )

    def refuse(self, refusal: ActionNotAllowed) -> None:
        if isinstance(refusal, EditConflict):
            refusal.reasons = [CHANGED]  # type: ignore[list-item]
        super().refuse(refusal)
