"""URLs, texts, tasks, panels and links for the pages of meetings, and the minutes."""

from .effects import (
    blockers_of_end_meeting,
    blockers_of_sign,
    blockers_of_start_meeting,
    done_of_cancel,
    done_of_plan_meeting,
    effects_of_cancel,
    effects_of_end_meeting,
    effects_of_plan_meeting,
    effects_of_reopen,
    effects_of_sign,
    effects_of_start_meeting,
    url_before_planning,
    url_of,
)
from .home import tasks_of_member
from .minutes import DecidedNeeds, Minutes, minutes_of, signed_minutes
from .panels import MeetingNeeds, for_committee, links_of_member, needs_of, signs_of

__all__ = [
    "DecidedNeeds",
    "MeetingNeeds",
    "Minutes",
    "blockers_of_end_meeting",
    "blockers_of_sign",
    "blockers_of_start_meeting",
    "done_of_cancel",
    "done_of_plan_meeting",
    "effects_of_cancel",
    "effects_of_end_meeting",
    "effects_of_plan_meeting",
    "effects_of_reopen",
    "effects_of_sign",
    "effects_of_start_meeting",
    "for_committee",
    "links_of_member",
    "minutes_of",
    "needs_of",
    "signed_minutes",
    "signs_of",
    "tasks_of_member",
    "url_before_planning",
    "url_of",
]
