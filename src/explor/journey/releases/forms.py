"""Forms of a release: the employer's approval, the signature of the agreement."""

from typing import Any

from django import forms
from django.utils import timezone

from explor.ground.files.forms import DocumentField
from explor.ground.ui.fields import DayInput
from explor.ground.ui.forms import set_choices
from explor.ground.workflow.forms import EditForm
from explor.journey.leave_readings.engine import LeaveReading

from .engine import verdicts
from .fields import KNOWN, TO_FILL
from .models import ClauseText, Release
from .rules import ALONE, clause_of, schemes_without_employer, unsigned

VERDICTS = {"open": "ouvert", "closed": "fermé", "to_check": "à vérifier"}


class SchemeRadios(forms.RadioSelect):
    """Radio buttons of the leave schemes, where those closed today cannot be chosen."""

    closed: frozenset[str] = frozenset()

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        if option["value"] in self.closed:
            option["attrs"]["disabled"] = True
        return option


class ApproveForm(EditForm):
    """The choice of a legal leave scheme, each with its reading of today; closed ones disabled."""

    scheme = forms.ChoiceField(label="Dans quel cadre ?", widget=SchemeRadios)

    def __init__(self, *args: Any, subject: Release, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        read = verdicts(subject, timezone.localdate())
        scheme = self.fields["scheme"]
        scheme.choices = [(each.code, _choice(each)) for each in read]  # type: ignore[attr-defined]
        closed = frozenset(each.code for each in read if each.verdict == "closed")
        scheme.widget.closed = closed
        if subject.without_employer:
            self._keep_those_without_employer(read)

    def _keep_those_without_employer(self, read: list[LeaveReading]) -> None:
        """Keep the schemes open to a person without employer; choose theirs when it is open."""
        kept, scheme = schemes_without_employer(read), self.fields["scheme"]
        offered = [each for each in scheme.choices if each[0] in kept]  # type: ignore[attr-defined]
        scheme.choices = offered  # type: ignore[attr-defined]
        if any(each.code == ALONE and each.verdict == "open" for each in read):
            scheme.initial = ALONE


def _choice(reading: LeaveReading) -> str:
    """Return the label of a scheme in the form: its name, its verdict and why it is closed."""
    label = f"{reading.label} ({VERDICTS[reading.verdict]})"
    return f"{label} : {' '.join(reading.why)}" if reading.verdict == "closed" else label


class RequestForm(EditForm):
    """The dated request of the person, and how its date is proven."""

    scheme = forms.ChoiceField(label="Dans quel cadre la personne demande-t-elle à partir ?")
    received_on = forms.DateField(
        label="Quel jour l’employeur a-t-il reçu la demande ?",
        widget=DayInput,
        initial=timezone.localdate,
    )
    note = forms.CharField(
        label="Comment cette date est-elle prouvée ?",
        help_text="Par exemple : lettre recommandée n° ..., ou remise contre récépissé.",
        max_length=200,
        required=False,
    )
    file = DocumentField(label="La preuve elle-même", required=False)

    def __init__(self, *args: Any, subject: Release, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        read = verdicts(subject, timezone.localdate())
        self.fields["scheme"].choices = [  # type: ignore[attr-defined]
            (each.code, each.label) for each in read if each.verdict != "closed"
        ]
        known = {"scheme": subject.requested_scheme, "note": subject.request_note}
        self.initial = known | {"received_on": subject.requested_on or timezone.localdate()}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not (data.get("note") or data.get("file") or self.subject.request_proof_id):  # type: ignore[attr-defined]
            self.add_error("note", "Dites comment la date est prouvée, ou joignez la preuve.")
        return data


class AssemblyForm(EditForm):
    """The day on which the assembly of a public employer decides."""

    on = forms.DateField(label="Quel jour l’assemblée délibère-t-elle ?", widget=DayInput)


class SignForm(EditForm):
    """The name of the signatory, and the consent to sign the document as it stands.

    An officer who records a signature on paper also chooses the party that signed.
    """

    party = forms.ChoiceField(label="Pour quelle partie ?")
    name = forms.CharField(label="Prénom, nom et fonction", max_length=200)
    agreed = forms.BooleanField(label="J’ai lu la convention et je la signe")

    def __init__(self, *args: Any, subject: Release, role: str, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        if role == "reseau":
            set_choices(self, "party", [(each, each) for each in unsigned(subject)])
            self.fields["agreed"].label = "Le papier signé par cette partie est entre nos mains"
        else:
            del self.fields["party"]
        self.role = role

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.role == "reseau":
            data["word_of"] = data.get("name", "")
        return data

    @property
    def signature(self) -> dict[str, Any]:
        """Return the arguments of `sign`: party, signatory, and whether it was signed on paper."""
        on_paper = self.role == "reseau"
        party = self.cleaned_data["party"] if on_paper else self.role
        return {"party": party, "name": self.cleaned_data["name"], "on_paper": on_paper}


class ClauseForm(EditForm):
    """The text of a clause, with its fields between brackets; at first the text in use."""

    text = forms.CharField(
        label="Texte de la clause",
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args: Any, subject: ClauseText, **kwargs: Any) -> None:
        clause, meanings = clause_of(subject), KNOWN | TO_FILL
        text = subject.text if subject.adopted_at else clause.text
        super().__init__(*args, subject=subject, initial={"text": text}, **kwargs)
        fields = " · ".join(f"[{name}] {meanings[name]}" for name in clause.fields)
        said = f"Champs de cette clause : {fields}. " if fields else ""
        rule = (
            "La loi demande cette clause : gardez ses champs."
            if clause.compulsory
            else "Laissez vide pour ôter cette clause de vos papiers."
        )
        self.fields["text"].help_text = said + rule

    def clean_text(self) -> str:
        """Return the text with the line breaks of the database."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").strip()
