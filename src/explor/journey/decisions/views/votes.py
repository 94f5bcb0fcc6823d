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
from explor.journey.committees.selectors import bylaws_of, member_of, opinions_on, recusals_on
from explor.journey.meetings.models import Meeting
from explor.journey.meetings.selectors import room_of
from explor.journey.meetings.states import MeetingState
from explor.journey.needs.selectors import with_related

from .. import actions, pages, rules, selectors
from ..forms import VoteForm
from ..models import Decision
from ..states import State


def vote(request: Request, pk: int, need: int) -> HttpResponse:
    """Show one need and the opinions on it, and record the decision with its votes."""
    meeting = _meeting(request, pk)
    decision = _decision(request, meeting, need)
    bylaws = bylaws_of(meeting.call)
    room = room_of(meeting, need)
    form = VoteForm(request.POST or None, subject=decision, room=room, typical=bylaws.amount)
    is_open = meeting.state == MeetingState.OPEN
    can_vote = is_open and rules.can_act(request.actor, "decide", decision)
    if request.method == "POST":
        require(can_vote)
    if submit(request, form, lambda: _decide(request, decision, form)):
        return done_redirect(request, *_next(request, meeting, decision))
    context = _context(decision, bylaws, pages.recused_member(request))
    context |= {"form": form, "can_vote": can_vote, "room": room, "meeting": meeting}
    required = committees.required_opinions(meeting.call.quorum, room.seated)
    context["missing"] = committees.missing_opinions(len(context["opinions"]), required)
    return render_page(request, "decisions/meeting_need.html", context)


def _decide(request: Request, decision: Decision, form: VoteForm) -> None:
    actions.decide(
        decision, by=request.actor, expected_version=form.expected_version, **form.decision
    )


def _context(decision: Decision, bylaws: Bylaws, reader: int) -> dict[str, Any]:
    """Return the template context of one need in the meeting, with its place in the ranking.

    Keys: those of `_place`, and `decision`, `need`, `blind` (names are hidden), `facts`,
    `criteria`, `opinions`, `recusals` and `votes`.

    Args:
        decision: the decision on the need.
        bylaws: the bylaws of the committee.
        reader: the primary key of the member who reads, 0 for a network; the needs from which this
            member is recused are skipped.
    """
    blind = committees.hides_names(bylaws, undecided=decision.state == State.TO_DECIDE)
    need = with_related(type(decision.need).objects.filter(pk=decision.need_id)).get()
    opinions = list(opinions_on(need))
    return _place(bylaws, need.pk, reader) | {
        "decision": decision,
        "need": need,
        "blind": blind,
        "facts": facts_for(need, blind),
        "criteria": means_of(opinions),
        "opinions": opinions,
        "recusals": recusals_on(need.pk),
        "votes": pages.votes_of(decision),
    }


def _place(bylaws: Bylaws, need: int, reader: int) -> dict[str, Any]:
    """Return the place of a need in the ranking, without the needs from which `reader` is recused.

    Keys: `row` (a `RankedNeed`, or None), `rank` (from 1, 0 if not ranked), `count` (of ranked
    needs), and the primary keys of the needs `before` and `after` it (or None).
    """
    ranked = selectors.ranking(bylaws, selectors.money_of(bylaws))
    ranked = [row for row in ranked if reader not in row.recused]
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
    reader, actor = pages.recused_member(request), request.actor
    for row in selectors.ranking(bylaws, selectors.money_of(bylaws)):
        if not row.decided and reader not in row.recused:
            args = [actor.key, meeting.pk, row.decision.need_id]
            return reverse(f"decisions:{actor.role}_vote", args=args), message
    return reverse(f"meetings:{actor.role}_meeting", args=[actor.key, meeting.pk]), message


def _meeting(request: Request, pk: int) -> Meeting:
    visible = Meeting.objects.visible_to(request.actor)
    return get_object_or_404(visible.select_related("call__network", "minutes"), pk=pk)


def _decision(request: Request, meeting: Meeting, need: int) -> Decision:
    """Return the decision on a need of the call of the meeting, or raise 404.

    Raises:
        PermissionDenied: the committee member who reads is recused from the need.
    """
    visible = Decision.objects.visible_to(request.actor).filter(need__call=meeting.call_id)
    related = visible.select_related("need__association", "need__call", "need__network")
    instance = get_object_or_404(related.prefetch_related("need__recusals"), need=need)
    if request.actor.role == "comite":
        require(committees.can_read(member_of(request.actor), instance.need))
    return instance
