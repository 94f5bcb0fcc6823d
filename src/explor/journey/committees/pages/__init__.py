"""URLs, effects of actions, tasks, links and texts for the pages of the committee."""

from .effects import (
    associations_to_tick,
    effects_of_appoint_chair,
    effects_of_declare_interests,
    effects_of_invite_member,
    effects_of_recuse,
    effects_of_remove_member,
    effects_of_reopen_opinion,
    effects_of_set_bylaws,
    url_of_committee,
    url_of_need,
    url_of_needs,
)
from .home import tasks_of_member
from .links import Link, links
from .reading import facts_for, means_of, spread_of, voting_rules

__all__ = [
    "Link",
    "associations_to_tick",
    "effects_of_appoint_chair",
    "effects_of_declare_interests",
    "effects_of_invite_member",
    "effects_of_recuse",
    "effects_of_remove_member",
    "effects_of_reopen_opinion",
    "effects_of_set_bylaws",
    "facts_for",
    "links",
    "means_of",
    "spread_of",
    "tasks_of_member",
    "url_of_committee",
    "url_of_need",
    "url_of_needs",
    "voting_rules",
]
