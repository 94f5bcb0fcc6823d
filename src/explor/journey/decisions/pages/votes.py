"""Counts of the votes on a decision, as text."""

from ..models import Decision


def votes_of(decision: Decision) -> str:
    """Return the counts of the votes on a decision as « 5 pour, 1 contre, 0 abstention »."""
    return (
        f"{decision.votes_for} pour, {decision.votes_against} contre, "
        f"{decision.abstentions} abstention{'s' if (decision.abstentions or 0) > 1 else ''}"
    )
