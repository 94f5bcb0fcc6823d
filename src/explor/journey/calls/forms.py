"""Forms of a call and of its envelopes. Every default figure is an example to change."""

from typing import Any

from django import forms
from django.db.models import Model, QuerySet

from explor.actors.networks.models import Network
from explor.ground.http.bounds import number_of
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.ui.fields import DayField, bounded
from explor.ground.ui.forms import CreateForm, set_queryset
from explor.ground.workflow.forms import EditForm

from . import rules
from .models import Call, Criterion, Envelope, Funder, Milestone, RequestedPaper


def control(model: type[Model], name: str, **given: Any) -> Any:
    """Return the form field of a model field; `given` overrides its label and other options."""
    column: Any = model._meta.get_field(name)
    return bounded(column, **{"label": str(column.verbose_name).capitalize(), **given})


def cut(model: type[Model], name: str, text: str) -> str:
    """Return `text` stripped and cut to the length that the model field holds."""
    column: Any = model._meta.get_field(name)
    return text.strip()[: column.max_length]


class CallFields(forms.Form):
    """Fields of a call: texts, dates, durations in days, limits and quorum."""

    title = control(Call, "title")
    presentation = control(Call, "presentation", widget=forms.Textarea(attrs={"rows": 5}))
    rolling = control(Call, "rolling", label="Au fil de l’eau, sans date de clôture")
    opens_at = control(Call, "opens_at", label="Ouverture (heure de Paris)")
    closes_at = control(
        Call,
        "closes_at",
        label="Clôture (heure de Paris)",
        help_text="À la minute : un besoin envoyé à cette minute même arrive trop tard.",
    )
    grace_minutes = control(
        Call,
        "grace_minutes",
        label="Tolérance après la clôture (minutes)",
        max_value=1440,
        help_text="Non publiée. Elle couvre une panne ou une ligne lente.",
    )
    committee_on = control(Call, "committee_on")
    min_days = control(
        Call, "min_days", label="Durée minimale sur place (jours)", min_value=1, max_value=60
    )
    max_days = control(
        Call, "max_days", label="Durée maximale sur place (jours)", min_value=1, max_value=60
    )
    travel_days_count = control(Call, "travel_days_count")
    needs_per_association = control(
        Call,
        "needs_per_association",
        label="Besoins par association (exemple)",
        min_value=1,
        max_value=20,
    )
    quorum = control(Call, "quorum", min_value=1, max_value=30)
    example = control(
        Call,
        "example",
        label="Les chiffres de cet appel sont des exemples",
        help_text="La page publique le dit tant que la case est cochée.",
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if (data.get("min_days") or 0) > (data.get("max_days") or 99):
            self.add_error("max_days", "La durée minimale dépasse la durée maximale.")
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", "La clôture précède l’ouverture.")
        return data


class CallNew(CallFields, CreateForm):
    """The form that creates a call."""


class CallEdit(CallFields, EditForm):
    """The form that changes a call, filled with its present values."""

    def __init__(self, *args: Any, subject: Call, **kwargs: Any) -> None:
        initial = {name: getattr(subject, name) for name in CallFields.base_fields}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)


def area(label: str, help_text: str, rows: int = 8, *, required: bool = True) -> forms.CharField:
    """Return a text area in which a list is typed, one item per line."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, widget=widget, required=required)


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, stripped, without the blank ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def once_each(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return `lines`, or raise a validation error when two have the same `label`."""
    names = [line["label"] for line in lines]
    for name in names:
        if names.count(name) > 1:
            raise forms.ValidationError(f"« {name} » figure deux fois.")
    return lines


class GridForm(EditForm):
    """The criteria of the grid, one per line, each followed by its levels, weakest first."""

    criteria = area(
        "Critères et niveaux",
        "Une ligne par critère : poids ; critère ; ce que l’on regarde. Au-dessous, ses niveaux, "
        "du plus faible au plus fort, une ligne chacun, commençant par un tiret.",
        14,
    )

    def __init__(self, *args: Any, subject: Call, **kwargs: Any) -> None:
        lines = []
        for each in subject.criteria.all():
            lines.append(f"{each.weight} ; {each.label} ; {each.help}")
            lines += [f"- {level}" for level in each.levels]
        initial = {"criteria": "\n".join(lines)}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)

    def clean_criteria(self) -> list[dict[str, Any]]:
        lines: list[dict[str, Any]] = []
        for line in lines_of(self.cleaned_data["criteria"]):
            if line[0] not in "-–—":
                lines.append(self._line(line))
            elif lines:
                lines[-1]["levels"].append(line.lstrip("-–— ")[:200])
            else:
                raise forms.ValidationError(f"« {line} » : un niveau suit son critère.")
        return once_each(lines)

    @staticmethod
    def _line(line: str) -> dict[str, Any]:
        weight, _, rest = line.partition(";")
        label, _, help_text = rest.partition(";")
        number = number_of(weight.strip())
        if number is None or not label.strip():
            raise forms.ValidationError(
                f"« {line} » : écrivez un poids, un point-virgule, un critère."
            )
        return {
            "weight": min(number, 100),
            "label": cut(Criterion, "label", label),
            "help": cut(Criterion, "help", help_text),
            "levels": [],
        }


NEEDED, OPTIONAL = "nécessaire", "facultatif"


class PapersForm(EditForm):
    """The documents that a call requests, one per line."""

    papers = area(
        "Documents demandés, un par ligne",
        "nécessaire (ou facultatif) ; document ; aide. "
        "Exemple : nécessaire ; Statuts ; Datés et signés, en PDF.",
        required=False,
    )

    def __init__(self, *args: Any, subject: Call, **kwargs: Any) -> None:
        lines = [
            f"{NEEDED if each.needed else OPTIONAL} ; {each.label} ; {each.help}"
            for each in subject.papers.filter(requested=True)
        ]
        initial = {"papers": "\n".join(lines)}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)

    def clean_papers(self) -> list[dict[str, Any]]:
        return once_each([self._line(line) for line in lines_of(self.cleaned_data["papers"])])

    @staticmethod
    def _line(line: str) -> dict[str, Any]:
        first, _, rest = line.partition(";")
        label, _, help_text = (part.strip() for part in rest.partition(";"))
        if first.strip().lower() not in (NEEDED, OPTIONAL) or not label:
            raise forms.ValidationError(
                f"« {line} » : commencez par « {NEEDED} ; » ou « {OPTIONAL} ; », puis le document."
            )
        needed = first.strip().lower() == NEEDED
        return {
            "label": cut(RequestedPaper, "label", label),
            "help": cut(RequestedPaper, "help", help_text),
            "needed": needed,
        }


class CalendarForm(EditForm):
    """The dates of a call other than opening, closing and committee, one per line."""

    milestones = area(
        "Étapes, une par ligne",
        "jj/mm/aaaa ; étape. Exemple : 12/01/2027 ; Réunion d’information en ligne.",
        required=False,
    )

    def __init__(self, *args: Any, subject: Call, **kwargs: Any) -> None:
        lines = [f"{each.on:%d/%m/%Y} ; {each.label}" for each in subject.milestones.all()]
        initial = {"milestones": "\n".join(lines)}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)

    def clean_milestones(self) -> list[dict[str, Any]]:
        return [self._line(line) for line in lines_of(self.cleaned_data["milestones"])]

    @staticmethod
    def _line(line: str) -> dict[str, Any]:
        day, _, label = (part.strip() for part in line.partition(";"))
        wrong = f"« {line} » : écrivez jj/mm/aaaa ; étape."
        on = DayField(error_messages={"invalid": wrong, "required": wrong}).clean(day)
        if not label:
            raise forms.ValidationError(wrong)
        return {"on": on, "label": cut(Milestone, "label", label)}


class QuestionsForm(EditForm):
    """The questions that an officer answers about each need, one per line."""

    questions = area(
        "Questions, une par ligne",
        "Formulez-les pour que « oui » soit la bonne réponse.",
        required=False,
    )

    def __init__(self, *args: Any, subject: Call, **kwargs: Any) -> None:
        initial = {"questions": "\n".join(subject.questions)}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)

    def clean_questions(self) -> list[str]:
        lines = lines_of(self.cleaned_data["questions"])
        return list(dict.fromkeys(line[:200] for line in lines))


class ShareForm(EditForm):
    """The network to which a call is proposed."""

    network = forms.ModelChoiceField(label="Réseau", queryset=Network.objects.none())

    def __init__(self, *args: Any, networks: "QuerySet[Network]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_queryset(self, "network", networks)


class CopyForm(CreateForm):
    """The title of a call created as a copy of another."""

    title = control(Call, "title", label="Titre du nouvel appel")


class FundForm(CreateForm):
    """A funder, and the amount in euros that it grants to the call."""

    funder = forms.ModelChoiceField(label="Financeur", queryset=Funder.objects.all())
    amount = control(Envelope, "amount", label="Montant (€, exemple)", min_value=0, localize=True)


class EnvelopeForm(CreateForm):
    """A new amount of an envelope, the one that the page displayed, and why it changes.

    The reason is only there once the call has ended.
    """

    amount = control(Envelope, "amount", label="Nouveau montant (€)", min_value=0, localize=True)
    reason = forms.CharField(
        label="Pourquoi l’enveloppe d’un appel terminé change-t-elle ?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    former = control(Envelope, "amount", widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, envelope: Envelope, **kwargs: Any) -> None:
        initial = {"amount": envelope.amount, "former": envelope.amount}
        super().__init__(*args, initial=initial, **kwargs)
        self.envelope = envelope
        if not rules.is_settled(envelope.call):
            del self.fields["reason"]

    def refuse(self, refusal: ActionNotAllowed) -> None:
        super().refuse(refusal)
        self.envelope.refresh_from_db()
        data: Any = self.data
        self.data = {**data.dict(), self.add_prefix("former"): self.envelope.amount}
