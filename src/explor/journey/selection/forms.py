"""Forms of the committee, of its sessions and of its decisions."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html

from explor.ground.common.forms import Edit, New, Parsed
from explor.journey.calls.forms import MomentInput
from explor.journey.calls.models import Criterion

from .models import Bylaws, CommitteeMember, Decision, Opinion, Session, Verdict
from .rules import scoring, voting

FINAL, DRAFT = "final", "draft"
OPINIONS = [choice for choice in Verdict.choices if choice[0] != Verdict.WAITING]


class OpinionForm(Edit):
    """An opinion, a level and a remark by criterion of the grid, a comment; a draft or not."""

    verdict = forms.ChoiceField(
        label="Votre avis", choices=OPINIONS, widget=forms.RadioSelect, required=False
    )
    score = forms.DecimalField(
        label="Note sur 20",
        min_value=0,
        max_value=20,
        max_digits=4,
        decimal_places=1,
        localize=True,
        required=False,
    )
    comment = forms.CharField(
        label="Commentaire", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(
        self, *args: Any, subject: Opinion, criteria: list[Criterion], **kwargs: Any
    ) -> None:
        given = {name: getattr(subject, name) for name in ("verdict", "score", "comment")}
        super().__init__(*args, subject=subject, initial=given, **kwargs)
        self.criteria = criteria
        # A draft may be blank; a final opinion is whole.
        self.whole = self.data.get("then") != DRAFT
        self.fields["verdict"].required = self.fields["score"].required = self.whole
        if criteria:
            del self.fields["score"]
        known = {s.criterion_id: s for s in subject.scores.all()} if subject.pk else {}
        for criterion in criteria:
            self._criterion(criterion, known.get(criterion.pk))
        self.order_fields([*self._levels(), "verdict", "score", "comment"])
        self.fields["then"] = forms.ChoiceField(
            label="Et ensuite",
            choices=[
                (FINAL, "Rendre mon avis définitif et passer au suivant"),
                (DRAFT, "Garder un brouillon, que personne d’autre ne lit"),
            ],
            initial=FINAL,
            widget=forms.RadioSelect,
        )

    def _criterion(self, criterion: Criterion, score: Any) -> None:
        level = "" if score is None or score.level is None else score.level
        self.fields[f"c{criterion.pk}"] = forms.TypedChoiceField(
            label=f"{criterion.label} (poids {criterion.weight})",
            help_text=criterion.help,
            choices=list(enumerate(scoring.levels_of(criterion))),
            coerce=int,
            empty_value=None,
            required=self.whole,
            initial=level,
            widget=forms.RadioSelect,
        )
        self.fields[f"c{criterion.pk}_remark"] = forms.CharField(
            label=format_html("Remarque<span class='hidden'> : {}</span>", criterion.label),
            required=False,
            max_length=500,
            initial=score.comment if score else "",
            widget=forms.TextInput(),
        )

    def _levels(self) -> list[str]:
        return [name for c in self.criteria for name in (f"c{c.pk}", f"c{c.pk}_remark")]

    @property
    def told(self) -> dict[str, Any]:
        """What to hand to the verb."""
        data = self.cleaned_data
        levels = {c.pk: (data[f"c{c.pk}"], data[f"c{c.pk}_remark"]) for c in self.criteria}
        return {
            "verdict": data["verdict"],
            "score": data.get("score"),
            "comment": data["comment"],
            "levels": levels,
            "final": data["then"] == FINAL,
            "seen": self.seen,
        }


class RecuseForm(Parsed):
    """Why one stands aside."""

    reason = forms.CharField(label="Quel lien avez-vous avec ce dossier ?", max_length=300)


class DeclareForm(Parsed):
    """The associations one has a tie with, and the word that there is no other."""

    associations = forms.MultipleChoiceField(
        label="J’ai un lien avec", required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label="Lequel ?", required=False, max_length=300)
    nothing_else = forms.BooleanField(label="Je n’ai pas d’autre lien avec ces associations")

    def __init__(self, *args: Any, associations: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["associations"]
        field.choices = associations
        if not associations:
            del self.fields["associations"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("associations") and not data.get("reason"):
            self.add_error("reason", "Dites en quelques mots quel est ce lien.")
        return data


class BylawsForm(Edit):
    """How the committee judges and votes (exemple)."""

    blind = forms.BooleanField(
        label="Lecture à l’aveugle",
        required=False,
        help_text="Le nom de l’association et ceux des membres sont cachés jusqu’à la décision.",
    )
    threshold = forms.IntegerField(
        label="Écart entre deux notes qui fait un désaccord (points sur 20)",
        min_value=1,
        max_value=20,
    )
    presence = forms.IntegerField(
        label="Présence demandée en séance (%)", min_value=0, max_value=100
    )
    majority = forms.ChoiceField(
        label="Majorité", choices=Bylaws.Majority.choices, widget=forms.RadioSelect
    )
    casting = forms.BooleanField(
        label="En cas d’égalité, la voix de la présidence l’emporte", required=False
    )
    amount = forms.DecimalField(
        label="Montant d’une mission (€)",
        min_value=0,
        max_digits=10,
        decimal_places=2,
        localize=True,
        help_text="Compté dans l’enveloppe quand aucun autre montant n’est noté.",
    )
    appeal_days = forms.IntegerField(
        label="Jours pour demander un réexamen", min_value=1, max_value=365
    )

    def __init__(self, *args: Any, subject: Bylaws, **kwargs: Any) -> None:
        initial = {name: getattr(subject, name) for name in self.base_fields if name != "version"}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)


class SessionForm(New):
    """When and where the committee meets."""

    on = forms.DateTimeField(label="Date et heure (heure de Paris)", widget=MomentInput())
    place = forms.CharField(label="Lieu ou lien de visioconférence", required=False, max_length=200)


class AttendForm(Edit):
    """Who is there."""

    members = forms.ModelMultipleChoiceField(
        label="Sont là",
        queryset=CommitteeMember.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, subject: Session, **kwargs: Any) -> None:
        present = subject.present.values_list("pk", flat=True)
        super().__init__(*args, subject=subject, initial={"members": list(present)}, **kwargs)
        field: Any = self.fields["members"]
        field.queryset = subject.call.committee.select_related("person").order_by("person__name")
        field.label_from_instance = lambda seat: seat.person.name


class DecideForm(Edit):
    """The decision and its reasons, kept inside until the announcement."""

    verdict = forms.ChoiceField(label="Décision", choices=Verdict.choices, widget=forms.RadioSelect)
    amount = forms.DecimalField(
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
        told = f"{typical:,.0f}".replace(",", "\u202f")
        self.fields["amount"].help_text = f"Si vous laissez vide : {told} € (exemple)."


class LetterForm(Edit):
    """The reasons, in words for the association."""

    letter = forms.CharField(
        label="Motifs donnés à l’association", widget=forms.Textarea(attrs={"rows": 8})
    )

    def __init__(self, *args: Any, subject: Decision, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, initial={"letter": subject.letter}, **kwargs)


class VoteForm(DecideForm):
    """The decision as it is voted; its reasons may be written after the session."""

    votes_for = forms.IntegerField(label="Pour", min_value=0, max_value=999)
    votes_against = forms.IntegerField(label="Contre", min_value=0, max_value=999)
    abstentions = forms.IntegerField(label="Abstentions", min_value=0, max_value=999)
    casting = forms.BooleanField(label="À égalité, la présidence fait pencher pour", required=False)

    field_order = ["verdict", "votes_for", "votes_against", "abstentions", "casting", "amount"]

    def __init__(self, *args: Any, subject: Decision, room: voting.Room, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        given = {"votes_for": room.present, "votes_against": 0, "abstentions": 0}
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
    def told(self) -> dict[str, Any]:
        """What to hand to the verb."""
        votes = ("votes_for", "votes_against", "abstentions", "casting")
        kept = {name: value for name, value in self.values.items() if name not in votes}
        ballot = voting.Ballot(**{name: self.cleaned_data[name] for name in votes})
        return {**kept, "ballot": ballot}


class LettersForm(Parsed):
    """The letters that were read over, and when they leave."""

    letters = forms.MultipleChoiceField(
        label="Lettres",
        required=True,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une lettre."},
    )
    at = forms.DateTimeField(
        label="Envoyer le (heure de Paris)",
        widget=MomentInput(),
        help_text="Jusque-là, vous pouvez les retenir ; personne ne voit rien.",
    )

    def __init__(self, *args: Any, letters: list[Decision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {f"{each.pk}-{each.version}": each for each in letters}
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
        """The decisions ticked, each at the version that was read."""
        return [(self.known[key], self.known[key].version) for key in self.cleaned_data["letters"]]


class ContestForm(New):
    """Why a decision should be looked at again."""

    text = forms.CharField(
        label="Vos raisons",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Ce que le comité n’a pas vu, ou ce qui a changé. Une seule demande par dossier.",
    )
