"""Database queries on committees: members, bylaws, needs, opinions, recusals, conflicts, signs."""

from .conflicts import Conflict, known_conflicts
from .files import (
    associations_to_judge,
    needs_before_committee,
    needs_of_associations,
    needs_of_member,
    needs_to_judge,
)
from .members import (
    bylaws_of,
    call_named,
    committees_of,
    member_of,
    members_of,
    missing_to_remove,
    missing_to_set_bylaws,
    recusals_of,
    recusals_on,
)
from .opinions import (
    judges_of,
    missing_to_regrid,
    opinions_on,
    recused_by_need,
    scores_by_need,
)
from .reading import (
    may_judge,
    may_reopen,
    needs_closed_to,
    needs_to_read,
    next_to_judge,
    without_final_opinion,
)
from .signs import Sign, signs_of

__all__ = [
    "Conflict",
    "Sign",
    "associations_to_judge",
    "bylaws_of",
    "call_named",
    "committees_of",
    "judges_of",
    "known_conflicts",
    "may_judge",
    "may_reopen",
    "member_of",
    "members_of",
    "missing_to_regrid",
    "missing_to_remove",
    "missing_to_set_bylaws",
    "needs_before_committee",
    "needs_closed_to",
    "needs_of_associations",
    "needs_of_member",
    "needs_to_judge",
    "needs_to_read",
    "next_to_judge",
    "opinions_on",
    "recusals_of",
    "recusals_on",
    "recused_by_need",
    "scores_by_need",
    "signs_of",
    "without_final_opinion",
]
