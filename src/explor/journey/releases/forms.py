"""Forms of the release."""

from typing import Any

from django import forms

from explor.ground.common.forms import Edit
from explor.ground.reference.queries import choices

from .models import Release
from .rules import parties_of

VERDICTS = {"open": "ouvert", "closed": "fermé", "to_check": "à vérifier"}


class ApproveForm(Edit):
    """The legal frame, among those read for this person and these dates."""

    frame = forms.ChoiceField(label="Dans quel cadre ?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, subject: Release, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        read = {each["code"]: VERDICTS[each["verdict"]] for each in subject.verdicts}
        self.fields["frame"].choices = [  # type: ignore[attr-defined]
            (code, f"{label} ({read.get(code, 'à vérifier')})")
            for code, label in choices("leave_frames")
        ]


class SignForm(Edit):
    """A name, and the will to sign this very document."""

    party = forms.ChoiceField(label="Pour quelle partie ?")
    name = forms.CharField(label="Prénom, nom et fonction", max_length=200)
    agreed = forms.BooleanField(label="J’ai lu la convention et je la signe")

    def __init__(self, *args: Any, subject: Release, hat: str, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        if hat == "reseau":
            signed = {signature.party for signature in subject.signatures.all()}
            left = [party for party in parties_of(subject) if party not in signed]
            self.fields["party"].choices = [(each, each) for each in left]  # type: ignore[attr-defined]
            self.fields["agreed"].label = "Le papier signé par cette partie est entre nos mains"
        else:
            del self.fields["party"]
