"""The leave schemes on the pages of a proposal: questions, answers, verdicts, lending rules."""

from typing import Any

from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.journey.leave_readings import pages as leave_pages
from explor.journey.leave_readings.engine import LeaveReading

from ..engine import house_objections_of, leave_of, subjects
from ..models import Proposal
from ..states import State


def questions(actor: Actor, proposal: Proposal) -> dict[str, Any]:
    """Return the arguments of the form of the leave questions.

    They are `questions`, which `actor` may answer, and `known`, the values known already.
    """
    today, readings = timezone.localdate(), leave_of(proposal)
    return leave_pages.questions_of(actor.role, subjects(proposal), readings, today)


def known_answers(actor: Actor, proposal: Proposal) -> list[dict[str, Any]]:
    """Return the answers that `actor` may read, as dicts: `question`, `value`, `by` and `at`."""
    given = leave_pages.given_answers(subjects(proposal), timezone.localdate())
    return leave_pages.answers_for(actor.role, given)


def readings_today(proposal: Proposal) -> list[LeaveReading]:
    """Return today's verdicts on the leave schemes; none once no answer is awaited."""
    return leave_of(proposal) if proposal.state == State.PROPOSED else []


def schemes_today(proposal: Proposal) -> list[dict[str, Any]]:
    """Return today's leave verdicts for the network; none once no answer is awaited.

    They are dicts: `reading` (the verdict), `badge` and `facts`, the possible schemes first.
    """
    return leave_pages.schemes_of(readings_today(proposal))


def house_today(proposal: Proposal) -> list[str]:
    """Return the objections of the employer's lending rules; [] once no answer is awaited."""
    return house_objections_of(proposal) if proposal.state == State.PROPOSED else []
