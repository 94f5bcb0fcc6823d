"""Erasure of the leave answers about a person whose profile is erased."""

from explor.actors.experts.models import Expert

from ..models import LeaveAnswer


def erase_answers(expert: Expert) -> None:
    """Erase the leave answers about a person; keep the verdicts saved for missions."""
    LeaveAnswer.objects.filter(expert=expert).delete()
