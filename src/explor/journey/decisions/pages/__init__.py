"""Rows and texts of decisions, shaped for pages, letters and minutes."""

from .home import tasks_of_network
from .letters import letter_of
from .meetings import for_meeting, meeting_rows, minutes_of, recused_member
from .panels import for_call, for_need, ranking_links_of_chair, ranking_links_of_network, steps
from .votes import votes_of

__all__ = [
    "for_call",
    "for_meeting",
    "for_need",
    "letter_of",
    "meeting_rows",
    "minutes_of",
    "ranking_links_of_chair",
    "ranking_links_of_network",
    "recused_member",
    "steps",
    "tasks_of_network",
    "votes_of",
]
