"""Bridge to the checklist engine, which computes the dates of preparation from the departure."""

from datetime import date
from typing import Any

from explor.engines.checklist import PREPARATION, passport_needed_until, schedule

__all__ = ["DATED", "checklist", "passport_needed_until"]

# The codes of the steps done for the days of the journey, to do again when these change.
DATED = frozenset(task.code for task in PREPARATION if task.dated)


def checklist(departure: date, today: date) -> list[dict[str, Any]]:
    """Return the preparation steps for a departure, as dicts of `ChecklistItem` fields."""
    return [
        {
            "code": step.code,
            "label": step.label,
            "party": str(step.party),
            "start_by": step.start_by,
            "due": step.due,
            "at_risk_from": step.at_risk_from,
            "blocking": step.required,
        }
        for step in schedule(departure, PREPARATION, today)
    ]
