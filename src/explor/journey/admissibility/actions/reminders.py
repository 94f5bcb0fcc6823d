"""Reminders about drafts and supplements, and emails on the changed terms of a call."""

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
class _PendingReminder:
    """A reminder to send about a need; `pk` is the primary key of the need, which the logs name.

    The reminder is due from `since`. A reminder of this kind sent before `since` was about an
    earlier deadline, which was moved; the new one is then sent too.
    """

    pk: int
    kind: str
    since: datetime
    send: Callable[[], None]


def remind() -> int:
    """Send the reminders that are due, each once for its deadline; return how many were sent.

    The association is reminded 7 and 2 days before the call of its draft closes, and 2 days before
    its supplements are due. The network is notified of overdue supplements.

    Raises:
        ExceptionGroup: some reminders failed; the others are sent.
    """

    def send(reminder: _PendingReminder) -> int:
        known, new = Reminder.objects.get_or_create(need_id=reminder.pk, kind=reminder.kind)
        # The update checks the condition again, so that of two concurrent jobs only one sends.
        former = Reminder.objects.filter(pk=known.pk, at__lt=reminder.since)
        if not (new or former.update(at=timezone.now())):
            return 0
        reminder.send()
        return 1

    now = timezone.now()
    return each_apart([*_drafts(now), *_supplements(now)], send, name="remind")


def terms_changed(call: Call, sentences: list[str], *, urgent: bool) -> None:
    """Email each association that prepares a need on a call which terms of the call changed.

    Args:
        sentences: the changes, in French.
        urgent: send at once, instead of in the daily digest.
    """
    drafts = Need.objects.filter(call=call, state__in=BEFORE).select_related("association")
    for need in drafts.order_by("pk"):
        emails.terms_changed(need, call, sentences, urgent=urgent)


def _drafts(now: datetime) -> Iterator[_PendingReminder]:
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
                yield _PendingReminder(need.pk, kind, closes_at - first, send)


def _supplements(now: datetime) -> Iterator[_PendingReminder]:
    owed = Supplement.objects.filter(need__state=State.RETURNED).order_by("pk")
    owed = owed.select_related("need__association", "need__network")
    for each in owed.filter(answer_by__gt=now, answer_by__lte=now + TWO_DAYS):
        send = partial(emails.due_soon, each)
        yield _PendingReminder(
            each.need_id, Reminder.Kind.SUPPLEMENT_2, each.answer_by - TWO_DAYS, send
        )
    for each in owed.filter(answer_by__lte=now):
        send = partial(emails.overdue, each)
        yield _PendingReminder(each.need_id, Reminder.Kind.OVERDUE, each.answer_by, send)
