"""Forms of a mission book: an entry, its correction, and the data sent by a device."""

from datetime import date
from typing import Any

from django import forms

from explor.ground.ui.fields import BIG, DayField, NumberField
from explor.ground.ui.forms import BaseForm, CreateForm
from explor.ground.workflow.forms import EditForm
from explor.journey.missions.models import Mission

from .models import ANSWERS, LONGEST, DiaryEntry
from .rules import days_of

QUESTIONS = {
    "done": "Qu’avez-vous fait ?",
    "learned": "Qu’avez-vous appris ?",
    "watch": "Que faut-il surveiller ?",
}


def answer(name: str) -> forms.CharField:
    """Return the text field of one of the three answers of a diary entry; it may stay blank."""
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=QUESTIONS[name], required=False, max_length=LONGEST, widget=area, strip=True
    )


class EntryForm(CreateForm):
    """A day of the mission, and the three answers of that day."""

    day = DayField(label="Jour")
    done = answer("done")
    learned = answer("learned")
    watch = answer("watch")

    def __init__(self, *args: Any, mission: Mission, today: date, **kwargs: Any) -> None:
        first, last = days_of(mission, today) or (mission.start, mission.end)
        super().__init__(*args, **kwargs)
        field = self.fields["day"]
        field.initial = min(today, last)
        field.earliest, field.latest = first, last  # type: ignore[attr-defined]
        field.widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}


class CorrectionForm(EditForm):
    """The three answers of an entry."""

    done = answer("done")
    learned = answer("learned")
    watch = answer("watch")

    def __init__(self, *args: Any, subject: DiaryEntry, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, initial=subject.answers, **kwargs)


class SentForm(BaseForm):
    """The data sent by a device: entry identifier, version known, day and answers."""

    uuid = forms.UUIDField()
    base = NumberField(required=False, max_value=BIG)
    day = DayField()
    done = answer("done")
    learned = answer("learned")
    watch = answer("watch")

    @property
    def sent(self) -> dict[str, Any]:
        """Return keyword arguments of `actions.receive_entry`: `uuid`, `day`, `base`, `answers`."""
        clean = self.cleaned_data
        answers = {name: clean[name] for name in ANSWERS}
        return {"uuid": clean["uuid"], "day": clean["day"], "base": clean["base"]} | {
            "answers": answers
        }
