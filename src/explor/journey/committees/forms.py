"""Forms of the members of a committee and of its bylaws."""

from typing import Any

from django import forms
from django.utils.html import format_html

from explor.ground.ui.forms import BaseForm
from explor.ground.workflow.forms import EditForm
from explor.journey.calls.models import Criterion

from .models import Bylaws, Opinion, Verdict
from .rules import scoring

FINAL, DRAFT = "final", "draft"
OPINIONS = [choice for choice in Verdict.choices if choice[0] != Verdict.WAITING]


class OpinionForm(EditForm):
    """An opinion: a level and a remark by criterion of the grid, a comment; draft or final."""

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
        # A draft may be blank; a final opinion lacks nothing.
        self.is_final = self.data.get("then") != DRAFT
        self.fields["verdict"].required = self.fields["score"].required = self.is_final
        if criteria:
            del self.fields["score"]
        known = {s.criterion_id: s for s in subject.scores.all()} if subject.pk else {}
        for criterion in criteria:
            self._add_criterion(criterion, known.get(criterion.pk))
        self.order_fields([*self._level_names(), "verdict", "score", "comment"])
        self.fields["then"] = forms.ChoiceField(
            label="Et ensuite",
            choices=[
                (FINAL, "Rendre mon avis définitif et passer au suivant"),
                (DRAFT, "Garder un brouillon, que personne d’autre ne lit"),
            ],
            initial=FINAL,
            widget=forms.RadioSelect,
        )

    def _add_criterion(self, criterion: Criterion, score: Any) -> None:
        level = "" if score is None or score.level is None else score.level
        self.fields[f"c{criterion.pk}"] = forms.TypedChoiceField(
            label=f"{criterion.label} (poids {criterion.weight})",
            help_text=criterion.help,
            choices=list(enumerate(scoring.levels_of(criterion))),
            coerce=int,
            empty_value=None,
            required=self.is_final,
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

    def _level_names(self) -> list[str]:
        return [name for c in self.criteria for name in (f"c{c.pk}", f"c{c.pk}_remark")]

    @property
    def opinion(self) -> dict[str, Any]:
        """Return the arguments of `actions.give_opinion`."""
        data = self.cleaned_data
        levels = {c.pk: (data[f"c{c.pk}"], data[f"c{c.pk}_remark"]) for c in self.criteria}
        return {
            "verdict": data["verdict"],
            "score": data.get("score"),
            "comment": data["comment"],
            "levels": levels,
            "final": data["then"] == FINAL,
            "expected_version": self.expected_version,
        }


class RecuseForm(BaseForm):
    """Why one must not judge a need."""

    reason = forms.CharField(label="Quel lien avez-vous avec ce dossier ?", max_length=300)


class DeclareForm(BaseForm):
    """The associations one is tied to, and a statement that there is no other."""

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


class BylawsForm(EditForm):
    """How the committee judges and votes."""

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
