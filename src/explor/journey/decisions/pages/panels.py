"""Panels, links and progress steps about decisions, for pages of needs, calls and committees."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from explor.ground.http.request import Request
from explor.ground.ui.parts import Panel, ProgressStep
from explor.journey.calls.models import Call
from explor.journey.committees.models import CommitteeMember
from explor.journey.committees.pages import Link
from explor.journey.committees.selectors import bylaws_of, members_of
from explor.journey.meetings.models import Meeting
from explor.journey.meetings.rules import is_current

from .. import rules
from ..models import Appeal, Decision
from ..states import State


def steps(need: Any, seat: int | None = None) -> list[ProgressStep]:
    """Return the progress steps of a need for the committee and the announcement.

    A decision is not shown before it is announced. Both steps are skipped for a need inadmissible
    or withdrawn before its committee; none is returned for a need decided before Explor. `seat` is
    unused.
    """
    if need.state == "taken_over":
        return []  # no committee here judged it
    decision = Decision.objects.filter(need=need.pk).first()
    if decision is None:
        ended = need.state in ("inadmissible", "withdrawn")
        labels = ("Comité", "Décision annoncée")
        return [ProgressStep(label=label, state="skipped" if ended else "next") for label in labels]
    announced = decision.state == State.ANNOUNCED
    committee = ProgressStep(
        label="Comité",
        state="done" if announced else "present",
        who="le comité",
        when=decision.decided_at if announced else need.call.committee_on,
    )
    announcement = ProgressStep(
        label="Décision annoncée",
        state="done" if announced else "next",
        who=need.network.name,
        when=decision.announced_at,
        note=decision.get_verdict_display() if announced else "",
    )
    return [committee, announcement]


def for_call(request: Request, call: Call) -> Panel:
    """Return the panel of the committee, meetings and needs of a call."""
    meetings = Meeting.objects.filter(call=call)
    context = {
        "call": call,
        "members": members_of(call),
        "needs": Decision.objects.live().filter(need__call=call).count(),
        "meetings": meetings[:3],
        "current": is_current(meetings.values_list("state", flat=True)),
    }
    return Panel(title="Comité", template="decisions/_panel_call.html", context=context)


def ranking_links_of_network(request: Request, call: Call) -> list[Link]:
    """Return the link to the ranking of a call for officers of its network."""
    return [Link("Classement", _ranking_url(request, call.pk))]


def ranking_links_of_member(request: Request, member: CommitteeMember) -> list[Link]:
    """Return the link to the ranking of a call for its chair; empty for the other members."""
    if not member.chair:
        return []
    return [Link("Classement et désaccords", _ranking_url(request, member.call_id))]


def _ranking_url(request: Request, call: int) -> str:
    actor = request.actor
    return reverse(f"decisions:{actor.role}_ranking", args=[actor.key, call])


def for_need(request: Request, need: Any) -> Panel | None:
    """Return the panel of the decision on a need and of its appeal; None when neither exists.

    A decision that `request.actor` may not see counts as missing.
    """
    actor = request.actor
    decision = Decision.objects.visible_to(actor).filter(need=need.pk).first()
    appeal = Appeal.objects.filter(need=need.pk).first()
    if decision is None and appeal is None:
        return None
    context = {
        "decision": decision,
        "officer": actor.role == "reseau",
        "need": need,
        "appeal": appeal,
        "review_until": _review_until(decision) if not appeal else None,
    }
    return Panel(title="Décision", template="decisions/_panel_need.html", context=context)


def _review_until(decision: Decision | None) -> Any:
    """Return the deadline of an appeal; None when no appeal may be made now."""
    if decision is None or decision.announced_at is None:
        return None
    bylaws = bylaws_of(decision.need.call)
    if rules.missing_to_request_review(decision, bylaws, timezone.now()):
        return None
    return rules.review_deadline(decision, bylaws)
