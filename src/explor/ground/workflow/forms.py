"""Forms about a row, which submit the version of the row that the page displayed."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms

from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.ground.ui.fields import BIG, NumberField
from explor.ground.ui.forms import BaseForm, idempotency_key_field

from .models import VersionedModel


class EditForm(BaseForm):
    """Form about `subject`, refused with 409 if the page displayed an older version.

    `stored` then holds the (label, text) pairs of the row that differ from the typed values.
    """

    version = NumberField(widget=forms.HiddenInput, max_value=BIG)
    stored: Sequence[tuple[str, str]] = ()

    def __init__(self, *args: Any, subject: VersionedModel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject
        self.fields["version"].initial = subject.version

    @property
    def expected_version(self) -> int:
        """Return the version of the subject that the page displayed."""
        return int(self.cleaned_data["version"])

    def refuse(self, refusal: ActionNotAllowed) -> None:
        super().refuse(refusal)
        if isinstance(refusal, EditConflict):
            data: Any = self.data.copy()  # type: ignore[attr-defined]
            data[self.add_prefix("version")] = str(refusal.version)
            self.data = data
            self.stored = [*self._stored_otherwise()]

    def _stored_otherwise(self) -> Iterator[tuple[str, str]]:
        """Yield (label, text) pairs for the stored values that differ from the typed ones."""
        for bound in self.visible_fields():
            text, typed = self.initial.get(bound.name), bound.value()
            if isinstance(text, str) and text.split() not in ([], str(typed or "").split()):
                choices = dict(getattr(bound.field, "choices", ()))
                yield str(bound.label), str(choices.get(text, text))


class ActionForm(EditForm):
    """Form of one verb: a button, and a reason when the transition requires one.

    Submitted twice, it acts once, and both submissions redirect to the same page.
    """

    idempotency_key = idempotency_key_field()

    reason = forms.CharField(
        label="Motif", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(
        self, *args: Any, needs_reason: bool = False, ask: str = "Motif", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs_reason
        self.fields["reason"].label = ask
        if not needs_reason:
            del self.fields["reason"]

    @property
    def why(self) -> str:
        """Return the reason that the author typed, "" when the form has no such field."""
        return str(self.cleaned_data.get("reason", ""))
