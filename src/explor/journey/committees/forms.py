"""Forms of a committee: opinions, members, recusals, declarations of interests and bylaws."""

from typing import Any

from django import forms
from django.utils.html import format_html

from explor.ground.accounts.forms import InviteForm
from explor.ground.ui.fields import bounded, column
from explor.ground.ui.forms import BaseForm, CreateForm, needed_if
from explor.ground.workflow.forms import EditForm
from explor.journey.calls.models import Criterion

from .models import Bylaws, Opinion, Recusal, Score, Verdict
from .rules import scoring

FINAL, DRAFT = "final", "draft"
OPINIONS = [choice for choice in Verdict.choices if choice[0] != Verdict.WAITING]


class OpinionForm(EditForm):
    """A member's opinion on a need: verdict, comment, and level and remark by criterion.

    The opinion is saved as a draft, in which fields may be blank, or as final.
    """

    verdict = forms.ChoiceField(
        label="Votre avis", choices=OPINIONS, widget=forms.RadioSelect, required=False
    )
    score = bounded(
        column(Opinion, "score"), localize=True, min_value=0, max_value=scoring.TOP, required=False
    )
    comment = column(Opinion, "comment").formfield(widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(
        self, *args: Any, subject: Opinion, criteria: list[Criterion], **kwargs: Any
    ) -> None:
        given = {name: getattr(subject, name) for name in ("verdict", "score", "comment")}
        super().__init__(*args, subject=subject, initial=given, **kwargs)
        self.criteria = criteria
        # Fields of a draft may be blank; a final opinion must be complete.
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
        self.fields[f"c{criterion.pk}_remark"] = column(Score, "comment").formfield(
            label=format_html("Remarque<span class='hidden'> : {}</span>", criterion.label),
            initial=score.comment if score else "",
        )

    def _level_names(self) -> list[str]:
        return [name for c in self.criteria for name in (f"c{c.pk}", f"c{c.pk}_remark")]

    @property
    def opinion(self) -> dict[str, Any]:
        """Return the form as keyword arguments of `actions.give_opinion`."""
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


class InviteMemberForm(InviteForm):
    """The person to invite to the committee, as a member or as its chair."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, positions=[("", "membre"), ("chair", "présidence")], **kwargs)
        self.fields["position"].required = False


class RecuseForm(CreateForm):
    """The reason why a member must not judge a need."""

    reason = column(Recusal, "reason").formfield(label="Quel lien avez-vous avec ce dossier ?")


class DeclareForm(BaseForm):
    """The associations with which a member has a link, and a statement of having no other link."""

    associations = forms.MultipleChoiceField(
        label="J’ai un lien avec", required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = column(Recusal, "reason").formfield(label="Lequel ?", required=False)
    nothing_else = forms.BooleanField(label="Je n’ai pas d’autre lien avec ces associations")

    def __init__(self, *args: Any, associations: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["associations"]
        field.choices = associations
        needed_if(self, "reason", "nécessaire si vous cochez un lien")
        if not associations:
            del self.fields["associations"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("associations") and not data.get("reason"):
            self.add_error("reason", "Dites en quelques mots quel est ce lien.")
        return data


class BylawsForm(EditForm):
    """The bylaws of a committee: how it judges and votes."""

    blind = column(Bylaws, "blind").formfield()
    threshold = bounded(column(Bylaws, "threshold"), min_value=1, max_value=20)
    presence = bounded(column(Bylaws, "presence"), max_value=100)
    majority = column(Bylaws, "majority").formfield(widget=forms.RadioSelect)
    casting = column(Bylaws, "casting").formfield()
    amount = bounded(column(Bylaws, "amount"), localize=True, min_value=0)
    appeal_days = bounded(column(Bylaws, "appeal_days"), min_value=1, max_value=365)

    def __init__(self, *args: Any, subject: Bylaws, **kwargs: Any) -> None:
        initial = {name: getattr(subject, name) for name in self.base_fields if name != "version"}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)
