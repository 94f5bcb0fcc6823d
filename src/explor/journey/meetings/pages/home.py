"""Tasks about meetings for the members of a committee and its chair."""

from django.urls import reverse
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.ui.parts import Task
from explor.journey.committees.selectors import member_of

from ..models import Meeting
from ..states import MeetingState

CHAIR_TASKS = {
    MeetingState.OPEN: ("Reprendre la séance ouverte", "Des décisions restent à noter."),
    MeetingState.CLOSED: ("Signer le procès-verbal", "La séance est close."),
}


def tasks_of_member(actor: Actor) -> list[Task]:
    """Return the tasks of a member: meetings to attend and, for the chair, to lead and to sign."""
    member = member_of(actor)
    if member is None:
        return []
    states = [MeetingState.PLANNED, *CHAIR_TASKS]
    meetings = list(Meeting.objects.filter(call=member.call_id, state__in=states))
    needs = reverse("committees:comite_needs", args=[actor.key])
    tasks = [
        Task(
            title="Séance du comité",
            url=_url(actor, meeting) if member.chair else needs,
            why=f"À {timezone.localtime(meeting.on):%H h %M}, heure de Paris"
            + (f", {meeting.place}." if meeting.place else "."),
            until=timezone.localdate(meeting.on),
        )
        for meeting in meetings
        if meeting.state == MeetingState.PLANNED
    ]
    to_lead = [each for each in meetings if member.chair and each.state in CHAIR_TASKS]
    for meeting in to_lead:
        title, why = CHAIR_TASKS[MeetingState(meeting.state)]
        urgent = meeting.state == MeetingState.OPEN
        tasks.append(Task(title=title, url=_url(actor, meeting), why=why, urgent=urgent))
    return tasks


def _url(actor: Actor, meeting: Meeting) -> str:
    return reverse("meetings:comite_meeting", args=[actor.key, meeting.pk])
