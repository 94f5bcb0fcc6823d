"""Page that shows one need to the whole meeting, in large type, and records its vote."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.ui.submit import submit
from explor.journey.committees import rules as committees
from explor.journey.committees.models import Bylaws
from explor.journey.committees.pages import facts_for, means_of
from explor.journey.committees.selectors import bylaws_of, opinions_on, recusals_on
from explor.journey.meetings.models import Meeting
from explor.journey.meetings.selectors import voters_for
from explor.journey.meetings.states import MeetingState
from explor.journey.needs.selectors import with_related

from .. import actions, pages, rules, selectors
from ..forms import VoteForm
from ..models import Decision
from ..states import State


def vote(request: Request, pk: int, need: int) -> HttpResponse:
    """Show one need and the opinions on it; record its verdict and votes, then show the next need.

    403 for a member recused from the need; read-only once the meeting has ended.
    """
    meeting, closed = _meeting(request, pk), pages.needs_closed(request)
    decision = _decision(request, meeting, need)
    require(need not in closed)
    bylaws = bylaws_of(meeting.call)
    voters = voters_for(meeting, need)
    form = VoteForm(request.POST or None, subject=decision, voters=voters, typical=bylaws.amount)
    is_open = meeting.state == MeetingState.OPEN
    can_vote = is_open and rules.can_act(request.actor, "decide", decision)
    if request.method == "POST":
        require(can_vote)
    if submit(request, form, lambda: _decide(request, decision, form)):
        return done_redirect(request, *_next(request, meeting, decision))
    context = _context(decision, bylaws, closed)
    context |= {"form": form, "can_vote": can_vote, "voters": voters, "meeting": meeting}
    required = committees.required_opinions(meeting.call.quorum, voters.seated)
    context["missing"] = committees.missing_opinions(len(context["opinions"]), required)
    return render_page(request, "decisions/meeting_need.html", context)


def _decide(request: Request, decision: Decision, form: VoteForm) -> None:
    actions.decide(
        decision, by=request.actor, expected_version=form.expected_version, **form.decision
    )


def _context(decision: Decision, bylaws: Bylaws, closed: set[int]) -> dict[str, Any]:
    """Return the template context of one need in the meeting, with its place in the ranking.

    Keys: those of `_place`, and `decision`, `need`, `blind` (names are hidden), `facts`,
    `criteria`, `opinions`, `recusals` and `votes`.

    Args:
        decision: the decision on the need.
        bylaws: the bylaws of the committee.
        closed: the primary keys of the needs closed to the reader, which are skipped.
    """
    blind = committees.hides_names(bylaws, undecided=decision.state == State.TO_DECIDE)
    need = with_related(type(decision.need).objects.filter(pk=decision.need_id)).get()
    opinions = list(opinions_on(need))
    return _place(bylaws, need.pk, closed) | {
        "decision": decision,
        "need": need,
        "blind": blind,
        "facts": facts_for(need, blind),
        "criteria": means_of(opinions),
        "opinions": opinions,
        "recusals": recusals_on(need.pk),
        "votes": pages.votes_of(decision),
    }


def _place(bylaws: Bylaws, need: int, closed: set[int]) -> dict[str, Any]:
    """Return the place of a need in the ranking, without the needs `closed` to the reader.

    Keys: `row` (a `RankedNeed`, or None), `rank` (from 1, 0 if not ranked), `count` (of ranked
    needs), and the primary keys of the needs `before` and `after` it (or None).
    """
    ranked = selectors.ranking(bylaws, selectors.money_of(bylaws))
    ranked = [row for row in ranked if row.decision.need_id not in closed]
    order = [row.decision.need_id for row in ranked]
    at = order.index(need) if need in order else -1
    return {
        "row": ranked[at] if at >= 0 else None,
        "rank": at + 1,
        "count": len(order),
        "before": order[at - 1] if at > 0 else None,
        "after": order[at + 1] if 0 <= at < len(order) - 1 else None,
    }


def _next(request: Request, meeting: Meeting, decided: Decision) -> tuple[str, str]:
    """Return the URL to go to after a vote (next need to decide or meeting) and a message."""
    message = f"« {decided.need.title} » : {decided.get_verdict_display()}."
    bylaws = bylaws_of(meeting.call)
    closed, actor = pages.needs_closed(request), request.actor
    for row in selectors.ranking(bylaws, selectors.money_of(bylaws)):
        if not row.decided and row.decision.need_id not in closed:
            args = [actor.key, meeting.pk, row.decision.need_id]
            return reverse(f"decisions:{actor.role}_vote", args=args), message
    return reverse(f"meetings:{actor.role}_meeting", args=[actor.key, meeting.pk]), message


def _meeting(request: Request, pk: int) -> Meeting:
    visible = Meeting.objects.visible_to(request.actor)
    return get_object_or_404(visible.select_related("call__network", "minutes"), pk=pk)


def _decision(request: Request, meeting: Meeting, need: int) -> Decision:
    """Return the decision on a need of the call of the meeting, or raise 404."""
    visible = Decision.objects.visible_to(request.actor).filter(need__call=meeting.call_id)
    related = visible.select_related("need__association", "need__call", "need__network")
    return get_object_or_404(related, need=need)
