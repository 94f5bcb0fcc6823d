"""What the committee puts in the pages of a need and of a call."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from explor.ground.common.parts import Panel, Step
from explor.ground.common.request import Request
from explor.journey.calls.models import Call

from .. import rules
from ..models import SELECTED, Appeal, Decision, Session
from ..states import State
from .files import bylaws_of
from .seats import seats_of


def steps(need: Any) -> list[Step]:
    """The committee, then the announcement. A decision is not shown before it is announced."""
    decision = Decision.objects.filter(need=need.pk).first()
    if decision is None:
        ended = need.state in ("inadmissible", "withdrawn")
        state = "skipped" if ended else "next"
        return [Step(label="Comité", state=state), Step(label="Décision annoncée", state=state)]  # type: ignore[arg-type]
    announced = decision.state == State.ANNOUNCED
    committee = Step(
        label="Comité",
        state="done" if announced else "present",
        who="le comité",
        when=decision.decided_at if announced else need.call.committee_on,
    )
    told = Step(
        label="Décision annoncée",
        state="done" if announced else "next",
        who=need.network.name,
        when=decision.announced_at,
        note=decision.get_verdict_display() if announced else "",
    )
    return [committee, told]


def for_call(request: Request, call: Call) -> Panel:
    """The committee of a call, its sessions and its files."""
    context = {
        "call": call,
        "members": seats_of(call),
        "files": Decision.objects.live().filter(need__call=call).count(),
        "sessions": Session.objects.filter(call=call)[:3],
        "meets": rules.meets(Session.objects.filter(call=call).values_list("state", flat=True)),
    }
    return Panel(title="Comité", template="selection/_panel_call.html", context=context)


def for_need(request: Request, need: Any) -> Panel | None:
    """The decision on a need and what became of a request for review, for those who may know."""
    actor = request.actor
    decision = Decision.objects.visible_to(actor).filter(need=need.pk).first()
    appeal = Appeal.objects.filter(need=need.pk).first()
    if decision is None and appeal is None:
        return None
    context = {
        "decision": decision,
        "officer": actor.hat == "reseau",
        "need": need,
        "appeal": appeal,
        "contest_until": _contest_until(decision) if not appeal else None,
    }
    return Panel(title="Décision", template="selection/_panel_need.html", context=context)


def _contest_until(decision: Decision | None) -> Any:
    """Until when a review may be asked for; None when it may not."""
    if decision is None or decision.announced_at is None:
        return None
    days = bylaws_of(decision.need.call).appeal_days
    if rules.missing_to_contest(decision, days, timezone.now()):
        return None
    return rules.contest_until(decision.announced_at, days)


def announced() -> "QuerySet[Any, Any]":
    """The keys of the needs whose selection is announced: what anyone may know of them."""
    chosen = Decision.objects.filter(state=State.ANNOUNCED, verdict__in=SELECTED)
    return chosen.values("need")
