"""Panels and links about meetings, for their own pages and those of the committee."""

from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import date as format_date
from django.urls import reverse
from django.utils import timezone

from explor.ground.http.request import Request
from explor.ground.ui import hooks
from explor.ground.ui.parts import Panel
from explor.journey.calls.models import Call
from explor.journey.committees import selectors as committees
from explor.journey.committees.models import Bylaws, CommitteeMember
from explor.journey.committees.pages import Link
from explor.journey.committees.selectors import Sign

from .. import rules, selectors
from ..models import Meeting
from ..states import MeetingState

hooks.define(
    "meetings:needs", "callable(request, meeting, bylaws) -> MeetingNeeds: the needs to decide"
)


@dataclass(frozen=True, kw_only=True)
class MeetingNeeds:
    """The needs to decide in a meeting: two templates, and the context that both receive as `p`.

    `summary` and `table` are the templates; `ranking_url` is the page of the ranking of the call.
    """

    ranking_url: str

    summary: str
    table: str
    context: dict[str, Any]


def needs_of(request: Request, meeting: Meeting, bylaws: Bylaws) -> MeetingNeeds | None:
    """Return the needs to decide in a meeting, or None if the hook `meetings:needs` is unused."""
    builders = hooks.get("meetings:needs")
    return builders[0](request, meeting, bylaws) if builders else None


def signs_of(request: Request, meeting: Meeting, bylaws: Bylaws) -> list[Sign]:
    """Return the possible conflicts of interest to check before a meeting or during it.

    During the meeting, only the network gets them: the page of the chair then shows the votes.
    Empty when the bylaws hide names until the decision, since a conflict would reveal them.
    """
    during = [MeetingState.OPEN] if request.actor.role == "reseau" else []
    if bylaws.blind or meeting.state not in (MeetingState.PLANNED, *during):
        return []
    return committees.signs_of(meeting.call)


def for_committee(request: Request, call: Call) -> Panel:
    """Return the panel of the meetings, for the network's page of a committee."""
    meetings = list(Meeting.objects.filter(call=call))
    context = {
        "call": call,
        "meetings": meetings,
        "current": rules.is_current(each.state for each in meetings),
    }
    return Panel(title="Les séances", template="meetings/_panel_committee.html", context=context)


def links_of_member(request: Request, member: CommitteeMember) -> list[Link]:
    """Return links to meetings (chair only), then to the minutes that the reader may read.

    Only the ten latest meetings are read; cancelled ones have no link.
    """
    key = request.actor.key
    meetings = list(Meeting.objects.filter(call=member.call_id).select_related("call")[:10])
    to_lead = [each for each in meetings if member.chair and each.state != MeetingState.CANCELLED]
    return [
        *(
            Link(
                f"Séance du {_day(meeting)} ({meeting.get_state_display()})",
                reverse("meetings:comite_meeting", args=[key, meeting.pk]),
            )
            for meeting in to_lead
        ),
        *(
            Link(
                f"Procès-verbal de la séance du {_day(meeting)}",
                reverse("meetings:comite_minutes", args=[key, meeting.pk]),
                download=True,
            )
            for meeting in selectors.with_minutes(meetings, request.actor)
        ),
    ]


def _day(meeting: Meeting) -> str:
    return str(format_date(timezone.localtime(meeting.on), "j F Y"))
