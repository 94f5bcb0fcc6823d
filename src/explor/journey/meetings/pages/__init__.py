"""Rows and texts of meetings, shaped for pages and for the minutes."""

from .home import tasks_of_member
from .minutes import DecidedNeeds, Minutes, minutes_of, signed_minutes
from .panels import MeetingNeeds, chair_links, for_committee, minutes_links, needs_of

__all__ = [
    "DecidedNeeds",
    "MeetingNeeds",
    "Minutes",
    "chair_links",
    "for_committee",
    "minutes_links",
    "minutes_of",
    "needs_of",
    "signed_minutes",
    "tasks_of_member",
]
