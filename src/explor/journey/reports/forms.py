"""Forms of reports, recommendations and evaluations."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from explor.ground.ui.fields import DayField
from explor.ground.ui.forms import CreateForm
from explor.ground.workflow.forms import EditForm

from . import rules
from .models import Recommendation, Report

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MARKS = [(n, str(n)) for n in range(1, 6)]


def text(label: str, help_text: str = "") -> forms.CharField:
    """Return an optional form field for a text of several lines."""
    area = forms.Textarea(attrs={"rows": 6})
    return forms.CharField(label=label, required=False, widget=area, help_text=help_text)


def mark(label: "StrPromise") -> forms.TypedChoiceField:
    """Return a form field for a mark, an integer from 1 to 5."""
    return forms.TypedChoiceField(label=label, choices=MARKS, coerce=int, widget=forms.RadioSelect)


class ReportForm(EditForm):
    """A report: what was done, results, difficulties, and the summary that may be published."""

    done = text("Ce qui a été fait", "Jour après jour ou par activité.")
    results = text("Résultats obtenus", "Au regard des résultats attendus.")
    difficulties = text("Difficultés rencontrées")
    public_summary = text("Résumé pour la fiche publique", "Sans nom de personne.")
    public_consent = forms.BooleanField(
        label=rules.CONSENT, required=False, help_text="Vous pourrez le retirer à tout moment."
    )

    def __init__(self, *args: Any, subject: Report, **kwargs: Any) -> None:
        initial = {name: getattr(subject, name) for name in self.base_fields if name != "version"}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)


class RecommendForm(CreateForm):
    """A recommendation: what to do, who is in charge, due date."""

    text = forms.CharField(label="Recommandation", widget=forms.Textarea(attrs={"rows": 3}))
    owner = forms.CharField(label="Confiée à", max_length=200)
    due = DayField(label="Pour le")


class FollowForm(EditForm):
    """The status of a recommendation, with a note."""

    status = forms.ChoiceField(label="Où en est-on ?", choices=Recommendation.Status.choices)  # type: ignore[assignment]
    note = forms.CharField(
        label="Nouvelles", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, subject: Recommendation, **kwargs: Any) -> None:
        initial = {"status": subject.status, "note": subject.note}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)


class EvaluationForm(CreateForm):
    """An evaluation: three marks from 1 to 5, and a comment."""

    objectives_met = mark(gettext_lazy("Objectifs atteints, de 1 à 5"))
    usefulness = mark(gettext_lazy("Utilité pour le projet, de 1 à 5"))
    cooperation = mark(gettext_lazy("Qualité du travail commun, de 1 à 5"))
    comment = forms.CharField(
        label=gettext_lazy("Ce que vous en retenez"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @property
    def marks(self) -> dict[str, Any]:
        """Return the three marks and the comment, as fields of a `JointEvaluation`."""
        return {
            name: value for name, value in self.cleaned_data.items() if name != "idempotency_key"
        }
