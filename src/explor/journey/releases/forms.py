"""Forms of a release and its agreement: the employer's answer, lines, signing, clause texts."""

from datetime import datetime
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.text import slugify

from explor.actors.lending.models import Approver
from explor.ground.files.forms import DocumentField, ReceivedFileField
from explor.ground.reference.selectors import fold
from explor.ground.ui.elision import of
from explor.ground.ui.fields import DayField, column
from explor.ground.ui.forms import BaseForm, needed_if, set_queryset
from explor.ground.workflow.forms import ActionForm, EditForm
from explor.journey.leave_readings.engine import LeaveReading, schemes_of_time

from .engine import verdicts
from .fields import KNOWN, TO_FILL
from .models import ClauseText, Release, Signatory
from .pages.papers import left_to_fill
from .rules import clause_of, lines_to_fill, next_of, schemes_without_employer

STAMP = "releases.sign"
URGENT_HELP = (
    "Seulement pour le congé de solidarité internationale : l’employeur répond en quelques heures, "
    "son silence ne vaut pas accord."
)
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
    """The choice of a leave scheme, each with its verdict of today; closed ones are disabled."""

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
        """Offer only the schemes for a person without employer; preselect the one made for them."""
        kept, scheme = schemes_without_employer(read), self.fields["scheme"]
        offered = [each for each in scheme.choices if each[0] in kept]  # type: ignore[attr-defined]
        scheme.choices = offered  # type: ignore[attr-defined]
        own = schemes_of_time("none")
        scheme.initial = next((e.code for e in read if e.code in own and e.verdict == "open"), None)


def _choice(reading: LeaveReading) -> str:
    """Return the label of a scheme in the form: name, verdict, and why it is closed if it is."""
    label = f"{reading.label} ({VERDICTS[reading.verdict]})"
    return f"{label} : {' '.join(reading.why)}" if reading.verdict == "closed" else label


class RequestForm(EditForm):
    """The dated request of the person, and the proof of its date."""

    scheme = forms.ChoiceField(label="Dans quel cadre la personne demande-t-elle à partir ?")
    received_on = DayField(
        label="Quel jour l’employeur a-t-il reçu la demande ?",
        initial=timezone.localdate,
    )
    urgent = forms.BooleanField(
        label="C’est une demande urgente", required=False, help_text=URGENT_HELP
    )
    received_at = forms.TimeField(
        label="À quelle heure l’employeur a-t-il reçu la demande urgente ?",
        help_text="Heure de Paris, comme 14:05. Laissez vide si la demande n’est pas urgente.",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        required=False,
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
        self.fields["scheme"].choices = requestable(subject)  # type: ignore[attr-defined]
        needed_if(self, "note", "nécessaire sans fichier")
        needed_if(self, "received_at", "nécessaire si c’est urgent")
        urgent_at = timezone.localtime(subject.urgent_at) if subject.urgent_at else None
        self.initial = {
            "scheme": subject.requested_scheme,
            "note": subject.request_note,
            "received_on": subject.requested_on or timezone.localdate(),
            "urgent": urgent_at is not None,
            "received_at": urgent_at.time() if urgent_at else None,
        }

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not (data.get("note") or data.get("file") or self.subject.request_proof_id):  # type: ignore[attr-defined]
            self.add_error("note", "Dites comment la date est prouvée, ou joignez la preuve.")
        if data.get("urgent") and not data.get("received_at") and "received_at" not in self.errors:
            self.add_error("received_at", "L’heure est nécessaire : le délai se compte en heures.")
        return data

    @property
    def request(self) -> dict[str, Any]:
        """Return the arguments of `record_request`, including the moment of an urgent request."""
        data = dict(self.cleaned_data)
        urgent, hour = data.pop("urgent"), data.pop("received_at")
        moment = datetime.combine(data["received_on"], hour) if urgent else None
        urgent_at = timezone.make_aware(moment) if moment else None
        kept = {name: data[name] for name in ("scheme", "received_on", "note", "file")}
        return kept | {"urgent_at": urgent_at}


def requestable(release: Release) -> list[tuple[str, str]]:
    """Return (code, label) of the schemes that may be requested, even if only urgently."""
    now = timezone.now()
    today = timezone.localdate()
    read = [*verdicts(release, today), *verdicts(release, today, urgent_at=now)]
    return list({each.code: each.label for each in read if each.verdict != "closed"}.items())


class RefuseForm(ActionForm):
    """The employer's refusal and its reason, which is optional for an urgent request."""

    def __init__(self, *args: Any, subject: Release, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, needs_reason=True, **kwargs)
        if subject.urgent_at:
            self.fields["reason"].required = False
            self.fields["reason"].help_text = "La demande est urgente : le motif est facultatif."


class AssemblyForm(EditForm):
    """The day on which the assembly of a public employer votes on the release."""

    on = DayField(label="Quel jour l’assemblée délibère-t-elle ?")


class ServiceForm(EditForm):
    """The approver who approved for a service of the employer, and the day of the approval."""

    approver = forms.ModelChoiceField(
        label="Qui a dit oui ?", queryset=Approver.objects.none(), widget=forms.RadioSelect
    )
    on = DayField(label="Quel jour ?", initial=timezone.localdate)

    def __init__(self, *args: Any, awaited: list[Approver], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Approver.objects.filter(pk__in=[each.pk for each in awaited])
        set_queryset(self, "approver", rows)
        self.fields["approver"].empty_label = None  # type: ignore[attr-defined]


class LinesForm(EditForm):
    """The text of each agreement line that only the parties know; may be left blank."""

    def __init__(self, *args: Any, subject: Release, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        self.names = {slugify(name): name for name in lines_to_fill(subject)}
        for name, text in lines_to_fill(subject).items():
            meaning = (KNOWN | TO_FILL)[name]
            self.fields[slugify(name)] = forms.CharField(
                label=f"{meaning[:1].upper()}{meaning[1:]}",
                initial=text,
                max_length=300,
                required=False,
            )

    @property
    def lines(self) -> dict[str, str]:
        """Return {field: submitted text} for the lines that changed."""
        return {
            name: str(self.cleaned_data[slug])
            for slug, name in self.names.items()
            if slug in self.changed_data
        }


class SignForm(EditForm):
    """The capacity and consent of a member who signs from their account.

    `shown` is a signed stamp of the page: when it was rendered, and with which document. This stamp
    prevents programs that follow links, or post forms without reading them, from signing.
    """

    capacity = forms.CharField(
        label="En quelle qualité signez-vous ?",
        help_text="Par exemple : présidente, maire, directeur des ressources humaines.",
        max_length=120,
    )
    agreed = forms.BooleanField(label="J’ai lu la convention et je la signe")
    shown = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, subject: Release, role: str, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        self.signatory = next_of(subject, role)
        if self.signatory:
            self.fields["capacity"].initial = self.signatory.capacity
            self.fields["shown"].initial = stamp_of(self.signatory)
        self.fields["agreed"].label = consent_label(subject)
        if role == "expert":
            del self.fields["capacity"]
        self.role = role

    def clean_shown(self) -> datetime:
        """Return when the page was rendered; refuse the stamp of another signatory or document."""
        return _drawn_at(self.cleaned_data["shown"], self.signatory)

    @property
    def signature(self) -> dict[str, Any]:
        """Return the keyword arguments of `sign` from the form: party, capacity and signatory."""
        capacity = self.cleaned_data.get("capacity", "")
        return {"party": self.role, "capacity": capacity, "signatory": self.signatory}


class LinkForm(BaseForm):
    """The name and consent of the holder of a signing link."""

    name = forms.CharField(label="Votre prénom et votre nom", max_length=200)
    agreed = forms.BooleanField(label="J’ai lu la convention et je la signe")
    shown = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, signatory: Signatory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"name": signatory.name, "shown": stamp_of(signatory)}
        self.fields["agreed"].label = consent_label(signatory.release)
        self.signatory = signatory

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if fold(name) != fold(self.signatory.name):
            raise forms.ValidationError(
                f"Ce lien est celui {of(self.signatory.name)}. Si vous signez à sa place, "
                "demandez-lui de vous déléguer sa signature, plus bas sur cette page."
            )
        return name

    def clean_shown(self) -> datetime:
        """Return when the page was rendered; refuse the stamp of another signatory or document."""
        return _drawn_at(self.cleaned_data["shown"], self.signatory)


def consent_label(release: Release) -> str:
    """Return the label of the consent box, which mentions the fields left blank, if any."""
    read = "J’ai lu la convention et je la signe"
    return f"{read}, avec ses lignes vides" if left_to_fill(release) else read


def stamp_of(signatory: Signatory) -> str:
    """Return the signed stamp that a signing page posts back: signatory, document, time."""
    return signing.dumps([*_shown(signatory), timezone.now().isoformat()], salt=STAMP)


def _shown(signatory: Signatory) -> tuple[int, str]:
    """Return what a signing page shows: the signatory's primary key and the document's digest."""
    agreement = signatory.release.agreement
    return signatory.pk, agreement.document.sha256 if agreement else ""


def _drawn_at(stamp: str, signatory: Signatory | None) -> datetime:
    """Return when a signing page was rendered, from the signed stamp that it posts back.

    Raises:
        ValidationError: the stamp is forged, or is for another signatory or document.
    """
    stale = "La page a changé : relisez la convention, puis signez de nouveau."
    try:
        pk, digest, at = signing.loads(stamp, salt=STAMP)
    except signing.BadSignature as fault:
        raise forms.ValidationError(stale) from fault
    if signatory is None or (pk, digest) != _shown(signatory):
        raise forms.ValidationError(stale)
    return datetime.fromisoformat(at)


class SignatoryForm(EditForm):
    """The person named as a signatory: name, capacity, e-mail address for the signing link."""

    name = column(Signatory, "name").formfield(required=True)
    capacity = column(Signatory, "capacity").formfield()
    email = column(Signatory, "email").formfield(
        required=True, help_text="Le lien pour signer part à cette adresse, et à aucune autre."
    )

    def __init__(self, *args: Any, subject: Signatory, **kwargs: Any) -> None:
        known = {name: getattr(subject, name) for name in ("name", "capacity", "email")}
        super().__init__(*args, subject=subject, initial=known, **kwargs)


class DelegateForm(SignatoryForm):
    """The person who signs by delegation, and the reference of the delegation document."""

    delegation = column(Signatory, "delegation").formfield(required=True)

    def __init__(self, *args: Any, subject: Signatory, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        self.initial = {}


class PaperForm(EditForm):
    """A paper signed by hand: who signed it, and its file."""

    name = column(Signatory, "name").formfield(
        required=True, help_text="Le nom écrit sur le papier."
    )
    capacity = column(Signatory, "capacity").formfield()
    file = ReceivedFileField(
        label="Le papier signé",
        help_text="PDF, PNG ou JPEG, 10\u00a0Mo au plus. Le fichier reçu est gardé tel quel, à "
        "côté d’une copie sûre pour la lecture.",
    )

    def __init__(self, *args: Any, subject: Signatory, **kwargs: Any) -> None:
        known = {name: getattr(subject, name) for name in ("name", "capacity")}
        super().__init__(*args, subject=subject, initial=known, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Add `word_of`: the actor records the signature on behalf of the person who signed."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        data["word_of"] = data.get("name", "")
        return data


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
        hint = f"Champs de cette clause : {fields}. " if fields else ""
        rule = (
            "La loi demande cette clause : gardez ses champs."
            if clause.compulsory
            else "Laissez vide pour ôter cette clause de vos papiers."
        )
        self.fields["text"].help_text = hint + rule

    def clean_text(self) -> str:
        """Return the text with line breaks normalised to those of the database."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").strip()
