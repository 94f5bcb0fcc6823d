"""Forms of the meetings of a committee."""

from typing import Any

from django import forms

from explor.ground.ui.fields import MomentField, column
from explor.ground.ui.forms import CreateForm
from explor.ground.ui.order import french_key
from explor.ground.workflow.forms import EditForm
from explor.journey.committees.models import CommitteeMember

from .models import Meeting


class MeetingForm(CreateForm):
    """Date and place of a meeting."""

    on = MomentField(label="Date et heure (heure de Paris)")
    place = column(Meeting, "place").formfield()


class AttendanceForm(EditForm):
    """The members present at a meeting."""

    members = forms.ModelMultipleChoiceField(
        label="Sont là",
        queryset=CommitteeMember.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, subject: Meeting, **kwargs: Any) -> None:
        present = subject.present.values_list("pk", flat=True)
        super().__init__(*args, subject=subject, initial={"members": list(present)}, **kwargs)
        field: Any = self.fields["members"]
        field.queryset = subject.call.committee.select_related("person").order_by(
            french_key("person__name")
        )
        field.label_from_instance = lambda member: member.person.name
