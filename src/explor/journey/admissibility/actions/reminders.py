"""The reminders about drafts of needs and about the supplements that an association owes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.utils import timezone

from explor.ground.workflow.apart import each_apart
from explor.journey.calls.models import Call
from explor.journey.needs.models import Need
from explor.journey.needs.states import BEFORE, State

from .. import emails
from ..models import Reminder, Supplement

WEEK, TWO_DAYS = timedelta(days=7), timedelta(days=2)


@dataclass(frozen=True)
class _Due:
    """A reminder to send about a need; `pk`, that of the need, names it in the logs.

    It is due since a moment: one sent before was about a former deadline, moved since.
    """

    pk: int
    kind: str
    since: datetime
    send: Callable[[], None]


def remind() -> int:
    """Send the reminders that are due, each once for its deadline; return how many were sent.

    The association is reminded 7 and 2 days before the call of its draft closes, and 2 days before
    its supplements are due. The network is notified of overdue supplements.
    """

    def send(due: _Due) -> int:
        known, new = Reminder.objects.get_or_create(need_id=due.pk, kind=due.kind)
        # The condition is read again by the update: of two jobs at once, one alone sends.
        former = Reminder.objects.filter(pk=known.pk, at__lt=due.since)
        if not (new or former.update(at=timezone.now())):
            return 0
        due.send()
        return 1

    now = timezone.now()
    return each_apart([*_drafts(now), *_supplements(now)], send, name="remind")


def terms_changed(call: Call, sentences: list[str], *, urgent: bool) -> None:
    """Tell each association that prepares a need on a call which terms of the call changed."""
    drafts = Need.objects.filter(call=call, state__in=BEFORE).select_related("association")
    for need in drafts.order_by("pk"):
        emails.terms_changed(need, call, sentences, urgent=urgent)


def _drafts(now: datetime) -> Iterator[_Due]:
    drafts = Need.objects.filter(state=State.DRAFT, call__state="open")
    drafts = drafts.select_related("association", "call").order_by("pk")
    for kind, first, last in (
        (Reminder.Kind.CLOSING_7, WEEK, TWO_DAYS),
        (Reminder.Kind.CLOSING_2, TWO_DAYS, timedelta(0)),
    ):
        soon = drafts.filter(call__closes_at__gt=now + last, call__closes_at__lte=now + first)
        for need in soon:
            if closes_at := need.call.closes_at:
                send = partial(emails.closing_soon, need, kind)
                yield _Due(need.pk, kind, closes_at - first, send)


def _supplements(now: datetime) -> Iterator[_Due]:
    owed = Supplement.objects.filter(need__state=State.RETURNED).order_by("pk")
    owed = owed.select_related("need__association", "need__network")
    for each in owed.filter(answer_by__gt=now, answer_by__lte=now + TWO_DAYS):
        send = partial(emails.due_soon, each)
        yield _Due(each.need_id, Reminder.Kind.SUPPLEMENT_2, each.answer_by - TWO_DAYS, send)
    for each in owed.filter(answer_by__lte=now):
        send = partial(emails.overdue, each)
        yield _Due(each.need_id, Reminder.Kind.OVERDUE, each.answer_by, send)
