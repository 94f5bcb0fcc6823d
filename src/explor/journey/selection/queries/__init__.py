"""Reads about the committee."""

from .conflicts import Tie, ties
from .files import (
    File,
    Money,
    announced_of,
    bylaws_of,
    files_of,
    money_of,
    opinions_on,
    ranking,
    reading_of,
    room_of,
)
from .letters import due, letter_of, letters_of
from .minutes import Minutes, minutes_of, signed_minutes, told_bylaws, told_votes
from .parts import announced, for_call, for_need, steps
from .reading import (
    asides_of,
    asides_on,
    carriers_for,
    facts_for,
    hides_names,
    may_judge,
    means_of,
    needs_of,
    next_to_judge,
    spread_of,
)
from .seats import call_named, committees_of, member_of, seats_of
from .sessions import meeting_of, open_session, quorum_of
from .waiting import waiting_for_member, waiting_for_network

__all__ = [
    "File",
    "Minutes",
    "Money",
    "Tie",
    "announced",
    "announced_of",
    "asides_of",
    "asides_on",
    "bylaws_of",
    "call_named",
    "carriers_for",
    "committees_of",
    "due",
    "facts_for",
    "files_of",
    "for_call",
    "for_need",
    "hides_names",
    "letter_of",
    "letters_of",
    "may_judge",
    "means_of",
    "meeting_of",
    "member_of",
    "minutes_of",
    "money_of",
    "needs_of",
    "next_to_judge",
    "open_session",
    "opinions_on",
    "quorum_of",
    "ranking",
    "reading_of",
    "room_of",
    "seats_of",
    "signed_minutes",
    "spread_of",
    "steps",
    "ties",
    "told_bylaws",
    "told_votes",
    "waiting_for_member",
    "waiting_for_network",
]
