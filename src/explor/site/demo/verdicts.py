"""Admissibility of the demonstration needs: every question is answered yes."""

from explor.ground.http.actor import Actor
from explor.journey.admissibility import actions as admissibility
from explor.journey.admissibility.rules import questions_of
from explor.journey.admissibility.selectors import results_of
from explor.journey.needs.models import Need


def declare_admissible(need: Need, *, by: Actor) -> None:
    """Answer yes to every admissibility question of the call, and accept the need."""
    questions = questions_of(need.call, results_of([need])[need.pk])
    answers = {question: {"verdict": "yes", "remark": ""} for question in questions}
    admissibility.judge(need, by=by, answers=answers)
    admissibility.accept(need, by=by)
