"""Forms of a mission: checklist step, clearance, departure, return, new dates, end."""

from datetime import date
from hashlib import sha256
from typing import Any

from django import forms
from django.utils import timezone

from explor.ground.reference.selectors import choices
from explor.ground.ui.fields import AmountField, DayField, column
from explor.ground.ui.forms import set_choices
from explor.ground.workflow.forms import ActionForm, EditForm

from . import rules
from .models import ChecklistItem, Mission


class TickForm(EditForm):
    """Whether a step is done, a note, and the expiry date of a passport, visa or insurance."""

    done = forms.BooleanField(label="C’est fait", required=False)
    valid_until = DayField(
        label="Valable jusqu’au",
        required=False,
        help_text="Seule la date est gardée, jamais une copie.",
    )
    note = column(ChecklistItem, "note").formfield()

    def __init__(self, *args: Any, subject: ChecklistItem, **kwargs: Any) -> None:
        initial = {
            "done": subject.done_at is None,
            "valid_until": subject.valid_until,
            "note": subject.note,
        }
        super().__init__(*args, subject=subject, initial=initial, **kwargs)
        if subject.code not in ("passport", "visa", "insurance"):
            del self.fields["valid_until"]


class ClearForm(ActionForm):
    """The reason to clear in an orange or stricter zone, and the authority that overrides a ban."""

    override_by = forms.CharField(
        label="Autorité qui déroge (nom et fonction)",
        max_length=200,
        required=False,
        help_text="Seulement si la zone est rouge ou le pays fermé.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, needs_reason=True, ask="Motifs (orange, rouge ou fermé)", **kwargs)
        self.fields["reason"].required = False


class DepartForm(ActionForm):
    """The day when the expert left: today, or the last day of a mission recorded after its end."""

    on = DayField(label="Jour du départ")

    def __init__(self, *args: Any, subject: Mission, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        first, last = subject.start - rules.EARLY, min(subject.end, timezone.localdate())
        self.fields["on"].initial = last
        self.fields["on"].help_text = f"Entre le {first:%d/%m/%Y} et le {last:%d/%m/%Y}."


def ask_last_day(field: forms.Field, mission: Mission) -> None:
    """Set the initial last day of a mission to today, and say in its help text the earliest day."""
    stay = mission.stay
    field.initial = timezone.localdate()
    if stay is not None:
        field.help_text = f"Entre le {stay.start:%d/%m/%Y} et aujourd’hui."


class ReturnForm(ActionForm):
    """The day when the expert returned, today by default."""

    on = DayField(label="Jour du retour")

    def __init__(self, *args: Any, subject: Mission, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        ask_last_day(self.fields["on"], subject)


class PostponeForm(ActionForm):
    """The new dates of a mission and the reason; submitted twice when there are warnings to read.

    `read` is a digest of the dates and warnings that the page showed: after a change of the dates
    or the warnings, the page shows the warnings again before the dates are saved.
    """

    start = DayField(label="Nouveau départ")
    end = DayField(label="Nouveau retour")
    window_agreement = column(Mission, "window_agreement").formfield(
        label="Hors de la fenêtre du besoin : qui a accepté ces dates, comment, quel jour"
    )
    read = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, subject: Mission, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, needs_reason=True, **kwargs)
        self.mission, self.notes = subject, list[str]()
        self.fields[
            "window_agreement"
        ].help_text = (
            "L’association et la personne acceptent toutes deux. Lu par toutes les parties."
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = data.get("start"), data.get("end")
        if start and end and end < start:
            self.add_error("end", "Le retour précède le départ.")
        elif start and end:
            self._show_notes(start, end)
        return data

    def _show_notes(self, start: date, end: date) -> None:
        """Save the warnings on the dates; reject the form until the page has shown them."""
        today, agreed = timezone.localdate(), self.cleaned_data.get("window_agreement", "")
        self.notes = rules.notes_on_dates(self.mission, start, end, today)
        shown = sha256("\n".join([str(start), str(end), *self.notes]).encode()).hexdigest()
        refused = rules.missing_to_move(self.mission, start, end, today, agreed)
        if not self.notes or refused or self.cleaned_data.get("read") == shown:
            return
        self.add_error(None, "Lisez ce que ces dates changent, ci-dessus, puis confirmez.")
        typed: Any = self.data.copy()  # type: ignore[attr-defined]
        typed[self.add_prefix("read")] = shown
        self.data = typed

    @property
    def move(self) -> dict[str, Any]:
        """Return the arguments of the action: the dates, the reason, the agreement on the dates."""
        wanted = ("start", "end", "reason", "window_agreement")
        return {name: self.cleaned_data[name] for name in wanted}


class EndForm(ActionForm):
    """The cause and circumstances of the end of a mission, and the lost expenses in euros."""

    cause = forms.ChoiceField(label="Cause")
    sunk_cost = AmountField(
        label="Dépenses perdues (€)",
        required=False,
        min_value=0,
        max_digits=10,
        decimal_places=2,
        localize=True,
        help_text="Laissez vide si vous ne le savez pas encore : inconnu n’est pas zéro.",
    )

    def __init__(self, *args: Any, subject: Mission, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, needs_reason=True, ask="Circonstances", **kwargs)
        self.fields["reason"].help_text = "Lu par toutes les parties : rien sur la santé."
        set_choices(self, "cause", choices("causes"))


class InterruptForm(EndForm):
    """The day of an interruption, today by default, with its cause and circumstances."""

    on = DayField(label="Jour de l’interruption")

    def __init__(self, *args: Any, subject: Mission, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        ask_last_day(self.fields["on"], subject)
