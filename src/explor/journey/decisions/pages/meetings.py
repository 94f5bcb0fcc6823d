"""The needs decided or to decide in a meeting, for its page and its minutes."""

from decimal import Decimal
from typing import Any

from django.urls import reverse

from explor.ground.http.request import Request
from explor.ground.ui.amounts import euros
from explor.journey.committees import rules as committees
from explor.journey.committees.models import Bylaws
from explor.journey.committees.selectors import member_of, needs_closed_to
from explor.journey.meetings.models import Meeting
from explor.journey.meetings.pages import DecidedNeeds, MeetingNeeds
from explor.journey.needs.models import Need

from .. import selectors
from ..models import SELECTED, Decision
from .votes import votes_of


def needs_closed(request: Request) -> set[int]:
    """Return the primary keys of the needs that the member making the request may not read.

    They are the needs from which the member is recused or has a known conflict; empty for an
    officer. Pages hide or skip these needs.
    """
    member = member_of(request.actor) if request.actor.role == "comite" else None
    return needs_closed_to(member) if member else set()


def meeting_rows(
    request: Request, bylaws: Bylaws, ranked: list[selectors.RankedNeed]
) -> list[tuple[selectors.RankedNeed, bool, bool]]:
    """Return (ranked need, whether the reader may not read it, whether names are hidden) tuples."""
    closed = needs_closed(request)
    return [
        (
            row,
            row.decision.need_id in closed,
            committees.hides_names(bylaws, undecided=not row.decided),
        )
        for row in ranked
    ]


def for_meeting(request: Request, meeting: Meeting, bylaws: Bylaws) -> MeetingNeeds:
    """Return what a meeting's page shows of the needs of its call: ranking, summary and table.

    The needs already decided are included, until they are announced.
    """
    money = selectors.money_of(bylaws)
    ranked = selectors.ranking(bylaws, money)
    context = {
        "rows": meeting_rows(request, bylaws, ranked),
        "columns": ["Rang", "Dossier", "Moyenne", "Montant", "Cumul", "Décision"],
        "money": money,
        "left": sum(not each.decided for each in ranked),
    }
    role = request.actor.role
    return MeetingNeeds(
        ranking_url=reverse(f"decisions:{role}_ranking", args=[request.actor.key, meeting.call_id]),
        summary="decisions/_meeting_summary.html",
        table="decisions/_meeting_needs.html",
        context=context,
    )


def minutes_of(meeting: Meeting) -> DecidedNeeds:
    """Return the decisions taken in a meeting, for its minutes."""
    decisions = list(
        Decision.objects.filter(meeting=meeting)
        .select_related("need__association")
        .order_by("decided_at", "pk")
    )
    return DecidedNeeds(
        needs=[each.need_id for each in decisions],
        sections=[_summary(decisions), *(_section(each) for each in decisions)],
    )


def _summary(decisions: list[Decision]) -> dict[str, Any]:
    rows = [
        [_name(each.need), each.need.association.name, each.get_verdict_display(), _cost(each)]
        for each in decisions
    ]
    if not rows:
        return {"title": "Décisions", "paragraphs": ["Aucune décision n’a été prise."]}
    total = sum(
        (each.amount or Decimal(0) for each in decisions if each.verdict in SELECTED), Decimal(0)
    )
    return {
        "title": "Décisions",
        "paragraphs": [f"Montant accordé en séance : {euros(total, short=True)}."],
        "table": {
            "head": ["Dossier", "Association", "Décision", "Montant"],
            "rows": rows,
            "numbers": [3],
        },
    }


def _section(decision: Decision) -> dict[str, Any]:
    casting = ", voix prépondérante de la présidence" if decision.casting else ""
    return {
        "title": _name(decision.need),
        "paragraphs": [
            f"{decision.need.association.name}. "
            f"Décision : {decision.get_verdict_display()}, par {votes_of(decision)}{casting}.",
            *(line for line in decision.letter.splitlines() if line.strip()),
        ],
    }


def _name(need: Need) -> str:
    """Return the number and the title of a need, for the minutes."""
    return f"{need.file_number} {need.title}"


def _cost(decision: Decision) -> str:
    return euros(decision.amount, short=True) if decision.amount is not None else ""
