"""Database reads of the committee."""

from .conflicts import Tie, ties
from .files import (
    associations_to_judge,
    needs_before_committee,
    needs_of_associations,
    needs_of_member,
    needs_to_judge,
    next_to_judge,
    without_final_opinion,
)
from .members import (
    bylaws_of,
    call_named,
    committees_of,
    member_of,
    members_of,
    recusals_of,
    recusals_on,
)
from .opinions import judges_of, opinions_on, recused_by_need, scores_by_need

__all__ = [
    "Tie",
    "associations_to_judge",
    "bylaws_of",
    "call_named",
    "committees_of",
    "judges_of",
    "member_of",
    "members_of",
    "needs_before_committee",
    "needs_of_associations",
    "needs_of_member",
    "needs_to_judge",
    "next_to_judge",
    "opinions_on",
    "recusals_of",
    "recusals_on",
    "recused_by_need",
    "scores_by_need",
    "ties",
    "without_final_opinion",
]
