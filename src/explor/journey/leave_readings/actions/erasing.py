"""What leave schemes erase of a person whose profile ends."""

from explor.actors.experts.models import Expert

from ..models import LeaveAnswer


def erase_answers(expert: Expert) -> None:
    """Erase the answers about a person; the verdicts saved for a mission stay with its papers."""
    LeaveAnswer.objects.filter(expert=expert).delete()
