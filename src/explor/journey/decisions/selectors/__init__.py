"""Database queries on decisions, the templates of letters, rankings, votes and appeals."""

from .decisions import (
    announced_needs,
    announced_of,
    due,
    has_unannounced,
    letters_of,
    missing_first_review,
    needs_before_committee,
    own_associations,
    refused_needs,
)
from .letters import letter_template, letter_templates, letter_texts, scheduled_by
from .ranking import Money, RankedNeed, money_of, ranking
from .votes import missing_voters

__all__ = [
    "Money",
    "RankedNeed",
    "announced_needs",
    "announced_of",
    "due",
    "has_unannounced",
    "letter_template",
    "letter_templates",
    "letter_texts",
    "letters_of",
    "missing_first_review",
    "missing_voters",
    "money_of",
    "needs_before_committee",
    "own_associations",
    "ranking",
    "refused_needs",
    "scheduled_by",
]
