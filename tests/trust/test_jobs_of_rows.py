"""A job that processes rows: a row that fails blocks no other row and is tried again."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from explor.actors.organisations import emails as of_organisations
from explor.ground.audit.models import Entry
from explor.journey.admissibility import emails as of_admissibility
from explor.journey.calls.actions import calls
from explor.journey.decisions.actions import letters
from explor.journey.missions import rules as of_missions
from explor.journey.proposals import emails as of_proposals
from explor.journey.referrals import actions as referrals
from explor.journey.referrals.models import Referral
from explor.journey.sheets import emails as of_sheets
from explor.public.directory import emails as of_directory
from explor.public.directory.models import Alert
from factories import (
    AssociationFactory,
    CallFactory,
    DecisionFactory,
    ExpertFactory,
    NeedFactory,
    ProposalFactory,
    SheetFactory,
)
from support.missions import prepared

pytestmark = pytest.mark.django_db
Scene = Callable[[], tuple[Any, Any]]


def verified(**fields: Any) -> Any:
    return AssociationFactory(state="verified", reminded_on=None, **fields)


def days_ago(days: int) -> Any:
    return timezone.localdate() - timedelta(days=days)


def followed() -> Any:
    since = timezone.now() - timedelta(days=20)
    email = f"lectrice{Alert.objects.count()}@exemple.test"
    return Alert.objects.create(
        email=email, search="pays=BF", requested_at=since, confirmed_at=since, notified_until=since
    )


def followers() -> tuple[Any, Any]:
    SheetFactory(countries=["BF"])
    return followed(), followed()


def old_sheet() -> Any:
    return SheetFactory(confirmed_on=days_ago(400))


def ago(hours: int) -> Any:
    return timezone.now() - timedelta(hours=hours)


def closing() -> Any:
    return CallFactory(closes_at=ago(1))


def unanswered() -> Any:
    need, expert = NeedFactory(), ExpertFactory()
    return Referral.objects.create(
        expert=expert, need=need, network=need.network, sender=expert.network, until=days_ago(1)
    )


def scheduled(hours: int) -> Any:
    return DecisionFactory(
        state="decided", letter="Motif.", announced_at=None, announce_at=ago(hours)
    )


# By job: two rows that are due, the function that fails for the first, and the function that
# tells whether a row was processed.
SCENES: dict[str, tuple[Scene, Any, str, Callable[[Any], bool]]] = {
    "organisations.watch": (
        lambda: (verified(verified_until=days_ago(1)), verified(verified_until=days_ago(-9))),
        of_organisations, "fallen_due",
        lambda row: row.state == "lapsed" or row.reminded_on is not None,
    ),
    "sheets.remind": (
        lambda: (old_sheet(), old_sheet()),
        of_sheets, "ask_to_confirm",
        lambda row: row.reminded_on is not None,
    ),
    "missions.recheck": (
        lambda: (prepared(leaves_in=9), prepared(leaves_in=2)),
        of_missions, "blockers_to_clear",
        lambda row: row.rechecks.exists(),
    ),
    "calls.close_due": (
        lambda: (closing(), closing()),
        calls, "close_call",
        lambda row: row.state == "closed",
    ),
    "directory.notify_followers": (
        followers,
        of_directory, "news",
        lambda row: row.notified_until > row.confirmed_at,
    ),
    "proposals.lapse": (
        lambda: (ProposalFactory(answer_by=ago(1)), ProposalFactory(answer_by=ago(1))),
        of_proposals, "lapsed",
        lambda row: row.state == "lapsed",
    ),
    "referrals.expire": (
        lambda: (unanswered(), unanswered()),
        referrals, "expire",
        lambda row: row.state == "expired",
    ),
    "decisions.announce_due": (
        lambda: (scheduled(2), scheduled(1)),
        letters, "announce",
        lambda row: row.state == "announced",
    ),
    "admissibility.remind": (
        lambda: (NeedFactory(call__closes_at=ago(-9)), NeedFactory(call__closes_at=ago(-9))),
        of_admissibility, "closing_soon",
        lambda row: row.reminders.exists(),
    ),
}  # fmt: skip


def run(job: str) -> None:
    with suppress(ExceptionGroup):
        app.tasks[job].func(timestamp=int(timezone.now().timestamp()))


@pytest.mark.parametrize("job", SCENES)
def test_a_row_that_fails_in_a_job_blocks_no_other_row_and_is_processed_the_next_time(
    monkeypatch: pytest.MonkeyPatch, job: str
) -> None:
    scene, module, name, is_done = SCENES[job]
    rows = scene()
    act, failed = getattr(module, name), rows[0].pk

    def fail(row: Any, *args: Any, **given: Any) -> Any:
        if row.pk == failed and type(row) is type(rows[0]):
            raise ZeroDivisionError
        return act(row, *args, **given)

    with monkeypatch.context() as broken, transaction.atomic():
        broken.setattr(module, name, fail)
        run(job)
    states = []
    for _ in range(2):
        for row in rows:
            row.refresh_from_db()
        states.append([is_done(row) for row in rows])
        run(job)
    assert states == [[False, True], [True, True]]
    lines = Entry.objects.values_list("kind", "subject", "verb")
    assert len(lines) == len(set(lines))
