"""Rows and texts of the committee, shaped for pages."""

from .home import tasks_of_member
from .links import Link, links
from .reading import facts_for, means_of, spread_of, voting_rules

__all__ = [
    "Link",
    "facts_for",
    "links",
    "means_of",
    "spread_of",
    "tasks_of_member",
    "voting_rules",
]
