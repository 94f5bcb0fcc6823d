"""Forms of the committee and of the decision."""

from typing import Any

from django import forms

from explor.ground.common.forms import Edit, Parsed

from .models import Decision, Opinion, Verdict


class OpinionForm(Parsed):
    """An opinion, a score, a comment."""

    verdict = forms.ChoiceField(
        label="Votre avis", choices=Verdict.choices, widget=forms.RadioSelect
    )
    score = forms.DecimalField(
        label="Note sur 20",
        min_value=0,
        max_value=20,
        max_digits=4,
        decimal_places=1,
        localize=True,
    )
    comment = forms.CharField(
        label="Commentaire", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, opinion: Opinion | None, **kwargs: Any) -> None:
        given = {name: getattr(opinion, name) for name in self.base_fields} if opinion else {}
        super().__init__(*args, **{**kwargs, "initial": given})


class RecuseForm(Parsed):
    """Why one stands aside."""

    reason = forms.CharField(label="Quel lien avez-vous avec ce dossier ?", max_length=300)


class DecideForm(Edit):
    """The decision and its reasons, kept inside until the announcement."""

    verdict = forms.ChoiceField(label="Décision", choices=Verdict.choices, widget=forms.RadioSelect)
    letter = forms.CharField(
        label="Motifs donnés à l’association",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Ils partiront tels quels, au moment de l’annonce.",
    )

    def __init__(self, *args: Any, subject: Decision, **kwargs: Any) -> None:
        initial = {"verdict": subject.verdict, "letter": subject.letter}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)
