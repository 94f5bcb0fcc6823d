"""Forms of decisions, of their letters and of appeals."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from zlib import crc32

from django import forms
from django.utils import timezone

from explor.ground.ui.amounts import euros
from explor.ground.ui.fields import AmountField, MomentField, NumberField
from explor.ground.ui.forms import BaseForm, CreateForm
from explor.ground.workflow.forms import ActionForm, EditForm
from explor.journey.committees.models import Verdict
from explor.journey.meetings.rules import voting

from . import rules
from .models import Decision, LetterTemplate


class DecideForm(EditForm):
    """The verdict and its reasons, hidden from the association until the announcement."""

    verdict = forms.ChoiceField(label="Décision", choices=Verdict.choices, widget=forms.RadioSelect)
    amount = AmountField(
        label="Montant accordé (€)",
        min_value=0,
        max_digits=10,
        decimal_places=2,
        localize=True,
        required=False,
    )
    letter = forms.CharField(
        label="Motifs donnés à l’association",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Ils partiront tels quels, au moment de l’annonce.",
    )

    def __init__(self, *args: Any, subject: Decision, typical: Decimal, **kwargs: Any) -> None:
        initial = {name: getattr(subject, name) for name in ("verdict", "amount", "letter")}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)
        example = euros(typical, short=True)
        self.fields["amount"].help_text = f"Si vous laissez vide : {example} (exemple)."


class LetterForm(EditForm):
    """The reasons of a decision, written for the association."""

    letter = forms.CharField(
        label="Motifs donnés à l’association", widget=forms.Textarea(attrs={"rows": 8})
    )

    def __init__(self, *args: Any, subject: Decision, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, initial={"letter": subject.letter}, **kwargs)


class AnnounceForm(ActionForm):
    """The confirmation of an announcement, refused if the letter changed after the page was shown.

    A hidden field holds a checksum of the letter that the page showed.
    """

    letter_read = NumberField(widget=forms.HiddenInput, max_value=2**32)

    def __init__(self, *args: Any, letter: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.letter = crc32(letter.encode())
        self.fields["letter_read"].initial = self.letter

    def clean_letter_read(self) -> int:
        """Return the checksum of the letter; add an error if it differs from the one submitted.

        The form shown again then holds the new checksum.
        """
        if self.cleaned_data["letter_read"] != self.letter:
            data: Any = self.data.copy()  # type: ignore[attr-defined]
            data[self.add_prefix("letter_read")] = str(self.letter)
            self.data = data
            self.add_error(None, "La lettre a changé depuis que vous l’avez lue : relisez-la.")
        return self.letter


class LetterTemplateForm(EditForm):
    """The text of a network's letters for one verdict, with its fields between brackets."""

    text = forms.CharField(
        label="Texte de la lettre",
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 16}),
    )

    def __init__(self, *args: Any, subject: LetterTemplate, original: str, **kwargs: Any) -> None:
        text = subject.text or original
        super().__init__(*args, subject=subject, initial={"text": text}, **kwargs)
        self.original = original
        fields = " · ".join(f"[{name}] {what}" for name, what in rules.LETTER_FIELDS.items())
        self.fields["text"].help_text = (
            f"Ces champs se remplissent seuls : {fields}. "
            "Laissez vide pour revenir au texte d’origine."
        )

    def clean_text(self) -> str:
        """Return the text, or "" if it equals the original, whose later versions then apply."""
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n").strip()
        return "" if text == self.original else text


class VoteForm(DecideForm):
    """The verdict and the votes on it; its reasons may be written after the meeting."""

    votes_for = NumberField(label="Pour", min_value=0, max_value=999)
    votes_against = NumberField(label="Contre", min_value=0, max_value=999)
    abstentions = NumberField(label="Abstentions", min_value=0, max_value=999)
    casting = forms.BooleanField(label="À égalité, la présidence fait pencher pour", required=False)

    field_order = ["verdict", "votes_for", "votes_against", "abstentions", "casting", "amount"]

    def __init__(
        self, *args: Any, subject: Decision, voters: voting.VoterCounts, **kwargs: Any
    ) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        given = {"votes_for": voters.present, "votes_against": 0, "abstentions": 0}
        for name, otherwise in given.items():
            kept = getattr(subject, name)
            self.initial[name] = otherwise if kept is None else kept
        self.initial["casting"] = subject.casting
        self.fields["letter"].required = False
        self.fields["letter"].help_text = (
            "Ils partiront tels quels, au moment de l’annonce. "
            "Vous pouvez les écrire après la séance."
        )

    @property
    def decision(self) -> dict[str, Any]:
        """Return the form as keyword arguments of `actions.decide`."""
        votes = ("votes_for", "votes_against", "abstentions", "casting")
        kept = {name: value for name, value in self.values.items() if name not in votes}
        ballot = voting.Ballot(**{name: self.cleaned_data[name] for name in votes})
        return {**kept, "ballot": ballot}


class LettersForm(BaseForm):
    """The letters to schedule, ticked once they were read, and when to send them.

    Args:
        letters: the decisions ready to be announced, each with its letter as the page shows it.
    """

    letters = forms.MultipleChoiceField(
        label="Lettres",
        required=True,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une lettre."},
    )
    at = MomentField(
        label="Envoyer le (heure de Paris)",
        help_text="Jusque-là, vous pouvez les retenir ; personne ne voit rien.",
    )

    def __init__(self, *args: Any, letters: list[tuple[Decision, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The key holds a checksum of the text: the template may change after the letter was read.
        self.known = {
            f"{each.pk}-{each.version}-{crc32(letter.encode())}": each for each, letter in letters
        }
        field: Any = self.fields["letters"]
        field.choices = [
            (key, f"{each.need.title} ({each.need.association})")
            for key, each in self.known.items()
        ]
        field.error_messages["invalid_choice"] = (
            "Une lettre a changé depuis que vous avez ouvert cette page : relisez-la."
        )
        field.initial = list(self.known)
        soon = timezone.now() + timedelta(minutes=30)
        self.fields["at"].initial = soon.replace(second=0, microsecond=0)

    def clean_at(self) -> Any:
        at = self.cleaned_data["at"]
        if at <= timezone.now():
            raise forms.ValidationError("Choisissez un moment à venir.")
        return at

    @property
    def chosen(self) -> list[tuple[Decision, int]]:
        """Return (decision, version that the page showed) pairs for the ticked letters."""
        return [(self.known[key], self.known[key].version) for key in self.cleaned_data["letters"]]


class ReviewRequestForm(CreateForm):
    """The reason why an association appeals against a decision."""

    text = forms.CharField(
        label="Vos raisons",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Ce que le comité n’a pas vu, ou ce qui a changé. Une seule demande par dossier.",
    )
