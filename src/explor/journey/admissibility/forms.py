"""Forms of admissibility: review, supplements and answers, rejection, note, papers, bulk action."""

import re
import zlib
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator

from explor.actors.networks.models import Officer
from explor.actors.networks.selectors import officers_of
from explor.ground.files.forms import DocumentField
from explor.ground.http.sanitize import SanitizedFile
from explor.ground.ui.fields import MomentField
from explor.ground.ui.forms import BaseForm, CreateForm
from explor.ground.workflow.forms import EditForm
from explor.journey.calls.models import RequestedPaper
from explor.journey.needs.fields import FIELDS
from explor.journey.needs.models import Need

from . import rules
from .models import Ground, Paper, Supplement

SAVE, ACCEPT, LATER = "save", "accept", "later"


def name_of(question: str) -> str:
    """Return the form field name of a question: a checksum of its text, not its position."""
    return f"q{zlib.crc32(question.encode()):08x}"


class AppraiseForm(EditForm):
    """An officer's verdict and remark on each question, and whether to accept the need.

    The field of the waiver is only there when rules fail (`failing`).
    """

    def __init__(
        self,
        *args: Any,
        subject: Need,
        questions: list[str],
        answers: dict[str, Any],
        failing: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        self.questions = questions
        for question in questions:
            former, name = answers.get(question, {}), name_of(question)
            self.fields[name] = forms.ChoiceField(
                label=question,
                choices=[("yes", "oui"), ("no", "non"), (LATER, "pas encore lu")],
                initial=former.get("verdict") or LATER,
                widget=forms.RadioSelect,
            )
            self.fields[f"{name}_remark"] = forms.CharField(
                label=format_html("Remarque<span class='hidden'> : {}</span>", question),
                required=False,
                max_length=500,
                initial=former.get("remark", ""),
                widget=forms.TextInput(),
            )
        self._end(failing)

    def _end(self, failing: bool) -> None:
        if self.questions:
            self.fields["rest"] = forms.BooleanField(
                label="Oui à tout ce qui n’est pas encore lu", required=False
            )
        if failing:
            self.fields["waiver"] = forms.CharField(
                label="Dérogation",
                required=False,
                max_length=500,
                widget=forms.TextInput(),
                help_text="Une règle n’est pas tenue : dites pourquoi vous passez outre.",
            )
        self.fields["then"] = forms.ChoiceField(
            label="Et ensuite",
            choices=[
                (ACCEPT, "Déclarer recevable et passer au suivant"),
                (SAVE, "Enregistrer ma lecture seulement"),
            ],
            initial=ACCEPT,
            widget=forms.RadioSelect,
        )

    @property
    def answers(self) -> dict[str, dict[str, str]]:
        """Return, by question, a dict of its `verdict` ("yes", "no" or "") and its `remark`.

        A question not read yet counts as "yes" when `rest` is ticked, else as "".
        """
        data, answers = self.cleaned_data, {}
        for question in self.questions:
            name = name_of(question)
            later = "yes" if data.get("rest") else ""
            verdict = later if data[name] == LATER else data[name]
            answers[question] = {"verdict": verdict, "remark": data[f"{name}_remark"]}
        return answers


def in_days(days: int) -> datetime:
    """Return 18:00 in Paris time, `days` days from today."""
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(18)))


class AskForm(EditForm):
    """A request for supplements: message, deadline, and what is missing by field and document."""

    message = forms.CharField(
        label="Votre message",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Une seule demande par besoin : dites tout ce qui manque.",
    )
    answer_by = MomentField(label="À rendre avant le (heure de Paris)")

    def __init__(
        self,
        *args: Any,
        subject: Need,
        papers: list[tuple[RequestedPaper, Paper | None]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        self.fields["answer_by"].initial = in_days(2 * subject.network.answer_days)
        self.papers = {f"paper_{paper.pk}": paper for paper, _ in papers}
        for paper, given in papers:
            self._line(
                f"paper_{paper.pk}",
                f"Document : {paper.label}",
                "Ce document manque." if paper.needed and given is None else "",
            )
        for field in FIELDS:
            self._line(f"on_{field.name}", f"Rubrique : {rules.label_of(field.name)}")
            if field.quoted and (text := str(getattr(subject, field.name))):
                self.fields[f"on_{field.name}"].help_text = f"« {Truncator(text).chars(200)} »"

    def _line(self, name: str, label: str, initial: str = "") -> None:
        self.fields[name] = forms.CharField(
            label=label, required=False, max_length=500, initial=initial, widget=forms.TextInput()
        )

    @property
    def request(self) -> dict[str, Any]:
        """Return the keyword arguments of `actions.request_changes`, without the blank lines."""
        data = self.cleaned_data
        return {
            "message": data["message"],
            "answer_by": data["answer_by"],
            "fields": {
                name.removeprefix("on_"): text
                for name, text in data.items()
                if name.startswith("on_") and text
            },
            "papers": {paper: data[name] for name, paper in self.papers.items() if data[name]},
        }


class RejectForm(EditForm):
    """The rejection of a need: a reason among `Ground`, and a message to the association."""

    ground = forms.ChoiceField(label="Motif", choices=Ground.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="Expliquez-le à l’association",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Elle lira ce motif et ces mots. Dites ce qui permettrait de redéposer.",
    )


class ExtendForm(EditForm):
    """A new deadline for a request for supplements."""

    answer_by = MomentField(label="Nouvelle échéance (heure de Paris)")

    def __init__(self, *args: Any, subject: Supplement, **kwargs: Any) -> None:
        initial = {"answer_by": in_days(subject.need.network.answer_days)}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)


class NoteForm(CreateForm):
    """An officer's note on a need, for the other officers."""

    text = forms.CharField(
        label="Note interne",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Lue par les membres de l’équipe du réseau, jamais par l’association.",
    )


class AnswerForm(EditForm):
    """An association's answer to each item of a request for supplements: a text, a file or both."""

    def __init__(self, *args: Any, subject: Supplement, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        self.items = list(subject.items.all())
        for item in self.items:
            given = f" Déjà remis : {item.document.title}." if item.document else ""
            self.fields[f"text_{item.pk}"] = forms.CharField(
                label=rules.item_sentence(item),
                required=False,
                max_length=2000,
                initial=item.answer,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text="Répondez ici, ou dites « corrigé dans la rubrique »."
                if item.field
                else "",
            )
            self.fields[f"file_{item.pk}"] = DocumentField(
                label=f"Fichier : {item.paper or rules.label_of(item.field)}",
                required=False,
                given=given.strip(),
            )
        self.fields["done"] = forms.BooleanField(
            label="J’ai tout donné : rendre le besoin à mon réseau", required=False
        )

    @property
    def answers(self) -> dict[int, tuple[str, SanitizedFile | None]]:
        """Return, by primary key of the item, its text and its file (None if no file was sent)."""
        data = self.cleaned_data
        return {item.pk: (data[f"text_{item.pk}"], data[f"file_{item.pk}"]) for item in self.items}


class PapersForm(BaseForm):
    """One file field for each document that the call requests."""

    def __init__(
        self, *args: Any, papers: list[tuple[RequestedPaper, Paper | None]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.papers = [paper for paper, _ in papers if paper.requested]
        for paper, given in papers:
            if paper.requested:
                given_on = f" Remis le {timezone.localtime(given.at):%d/%m/%Y}." if given else ""
                need = "nécessaire" if paper.needed else "facultatif"
                self.fields[f"file_{paper.pk}"] = DocumentField(
                    label=f"{paper.label}, {need}",
                    required=False,
                    about=paper.help,
                    given=given_on.strip(),
                )

    @property
    def given(self) -> list[tuple[RequestedPaper, SanitizedFile]]:
        """Return (requested document, file) pairs for the files that were sent."""
        files = ((paper, self.cleaned_data[f"file_{paper.pk}"]) for paper in self.papers)
        return [(paper, file) for paper, file in files if file]


class LinesField(forms.MultipleChoiceField):
    """Ticked needs, each sent as "key-version": primary key, and version that the page showed.

    Only this format is checked; the values stay strings, which `BulkForm.versions` converts.
    """

    def valid_value(self, value: Any) -> bool:
        return re.fullmatch(r"\d{1,15}-\d{1,9}", value) is not None


class BulkForm(BaseForm):
    """One action on all the ticked needs: declare them admissible, or assign an officer."""

    lines = LinesField(label="Besoins", error_messages={"required": "Cochez au moins un besoin."})
    verb = forms.ChoiceField(
        label="Besoins cochés",
        choices=[("accept", "Déclarer recevables"), ("assign", "Confier à")],
    )
    officer = forms.ModelChoiceField(
        label="Confier à",
        queryset=Officer.objects.none(),
        required=False,
        empty_label="Choisissez une personne",
    )

    def __init__(self, *args: Any, network: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["officer"]
        field.queryset = officers_of(network)
        field.label_from_instance = lambda officer: officer.person.name

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("verb") == "assign" and not data.get("officer"):
            self.add_error("officer", "Choisissez à qui confier ces besoins.")
        return data

    @property
    def versions(self) -> dict[int, int]:
        """Return, by primary key of each ticked need, the version that the page showed."""
        pairs = (line.split("-") for line in self.cleaned_data["lines"])
        return {int(pk): int(version) for pk, version in pairs}
