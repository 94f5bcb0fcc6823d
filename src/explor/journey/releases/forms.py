"""Forms of the release."""

from typing import Any

from django import forms
from django.utils import timezone

from explor.ground.reference.selectors import choices
from explor.ground.workflow.forms import EditForm

from .engine import verdicts
from .models import Release
from .rules import ALONE, schemes_without_employer, unsigned

VERDICTS = {"open": "ouvert", "closed": "fermé", "to_check": "à vérifier"}


class ApproveForm(EditForm):
    """The choice of a legal leave scheme, each shown with its reading for this expert."""

    scheme = forms.ChoiceField(label="Dans quel cadre ?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, subject: Release, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        read = {each["code"]: VERDICTS[each["verdict"]] for each in subject.verdicts}
        self.fields["scheme"].choices = [  # type: ignore[attr-defined]
            (code, f"{label} ({read.get(code, 'à vérifier')})")
            for code, label in choices("leave_schemes")
        ]
        if subject.without_employer:
            self._keep_those_without_employer(subject)

    def _keep_those_without_employer(self, subject: Release) -> None:
        """Keep the schemes open to a person without employer; choose theirs when it is open."""
        read = verdicts(subject, timezone.localdate())
        kept, scheme = schemes_without_employer(read), self.fields["scheme"]
        offered = [each for each in scheme.choices if each[0] in kept]  # type: ignore[attr-defined]
        scheme.choices = offered  # type: ignore[attr-defined]
        if any(each.code == ALONE and each.verdict == "open" for each in read):
            scheme.initial = ALONE


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
            self.fields["party"].choices = [(each, each) for each in unsigned(subject)]  # type: ignore[attr-defined]
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
