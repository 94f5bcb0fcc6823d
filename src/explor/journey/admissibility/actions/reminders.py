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


@dataclass(frozen=True)
class _Due:
    """A reminder to send about a need; `pk`, that of the need, names it in the logs."""

    pk: int
    kind: str
    send: Callable[[], None]


def remind() -> int:
    """Send the reminders that are due, each only once, and return how many were sent.

    The association is reminded 7 and 2 days before the call of its draft closes, and 2 days before
    its supplements are due. The network is notified of overdue supplements.
    """

    def send(due: _Due) -> int:
        _, new = Reminder.objects.get_or_create(need_id=due.pk, kind=due.kind)
        if new:
            due.send()
        return int(new)

    now = timezone.now()
    return each_apart([*_drafts(now), *_supplements(now)], send, name="remind")


def terms_changed(call: Call, sentences: list[str], *, urgent: bool) -> None:
    """Tell each association that prepares a need on a call what changed of it.

    It is reminded again before the closing, which may have moved.
    """
    drafts = Need.objects.filter(call=call, state__in=BEFORE).select_related("association")
    closing = (Reminder.Kind.CLOSING_7, Reminder.Kind.CLOSING_2)
    Reminder.objects.filter(need__in=drafts, kind__in=closing).delete()
    for need in drafts.order_by("pk"):
        emails.terms_changed(need, call, sentences, urgent=urgent)


def _drafts(now: datetime) -> Iterator[_Due]:
    week, two = now + timedelta(days=7), now + timedelta(days=2)
    drafts = Need.objects.filter(state=State.DRAFT, call__state="open")
    drafts = drafts.select_related("association", "call").order_by("pk")
    kinds = Reminder.Kind
    for kind, soon in (
        (kinds.CLOSING_7, drafts.filter(call__closes_at__gt=two, call__closes_at__lte=week)),
        (kinds.CLOSING_2, drafts.filter(call__closes_at__gt=now, call__closes_at__lte=two)),
    ):
        for need in soon.exclude(reminders__kind=kind):
            yield _Due(need.pk, kind, partial(emails.closing_soon, need, kind))


def _supplements(now: datetime) -> Iterator[_Due]:
    two = now + timedelta(days=2)
    owed = Supplement.objects.filter(need__state=State.RETURNED).order_by("pk")
    owed = owed.select_related("need__association", "need__network")
    kinds = Reminder.Kind
    for kind, due, email in (
        (kinds.SUPPLEMENT_2, owed.filter(answer_by__gt=now, answer_by__lte=two), emails.due_soon),
        (kinds.OVERDUE, owed.filter(answer_by__lte=now), emails.overdue),
    ):
        for each in due.exclude(need__reminders__kind=kind):
            yield _Due(each.need_id, kind, partial(email, each))
