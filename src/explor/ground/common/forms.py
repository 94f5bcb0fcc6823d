"""A form parses and never saves; it carries the version it was drawn from."""

import uuid
from typing import Any

from django import forms

from .conflict import Refused, Stale
from .models import Tracked


class DayInput(forms.DateInput):
    """A day, picked in the browser's own calendar, which reads and writes ISO dates."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class LinesField(forms.CharField):
    """Short texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = str(super().clean(value) or "").splitlines()
        return list(dict.fromkeys(line.strip()[:80] for line in lines if line.strip()))


def once_field() -> forms.UUIDField:
    """The token of one form on one page: see `views.submit` and `views.create`."""
    return forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)


class Parsed(forms.Form):
    """Any form of ours. `status` is the HTTP status of the page that draws it."""

    status = 200

    def refuse(self, refusal: Refused) -> None:
        """Show why the act was refused, with 409 and everything typed kept."""
        for reason in filter(None, refusal.reasons):
            self.add_error(None, reason)
        self.status = 409


class New(Parsed):
    """A form that creates: sent twice, it creates once."""

    once = once_field()


class Edit(Parsed):
    """A form about `subject`: refused with 409 when the subject moved since the page was drawn."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, subject: Tracked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject
        self.fields["version"].initial = subject.version

    @property
    def seen(self) -> int:
        """The version that the user had before their eyes."""
        return int(self.cleaned_data["version"])

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, without what the form is kept by: the changes to hand to a verb."""
        kept = ("version", "once")
        return {name: value for name, value in self.cleaned_data.items() if name not in kept}

    def refuse(self, refusal: Refused) -> None:
        super().refuse(refusal)
        if isinstance(refusal, Stale):
            data: Any = self.data.copy()  # type: ignore[attr-defined]
            data[self.add_prefix("version")] = str(refusal.version)
            self.data = data


class Act(Edit):
    """The form of one verb: nothing but a button, and a reason where the table asks for one.

    Pressed twice, it acts once, and both presses lead to the same page.
    """

    once = once_field()

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
        """The reason given, or nothing."""
        return str(self.cleaned_data.get("reason", ""))
