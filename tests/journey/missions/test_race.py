"""A step of the checklist marked done while the dates of the mission change."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from explor.journey.missions import actions
from explor.journey.missions.models import ChecklistItem, Mission
from factories import officer_actor
from support.missions import item_of, on, prepared, undo

PATIENCE = 0.5  # seconds for the other act to end, when no lock holds it


@pytest.fixture
def other() -> Iterator[ThreadPoolExecutor]:
    """Return the thread of another person."""
    with ThreadPoolExecutor(1) as pool:
        yield pool


@pytest.mark.django_db(transaction=True)
def test_a_checklist_step_marked_done_during_a_postponement_stays_done(
    monkeypatch: pytest.MonkeyPatch, other: ThreadPoolExecutor
) -> None:
    mission = prepared(leaves_in=20)
    undo(mission, "tickets")
    by = officer_actor(mission.network)
    started: list[Future[None]] = []
    rows: Any = ChecklistItem.objects
    save = rows.bulk_update

    def tick(item: ChecklistItem) -> None:
        try:
            actions.tick(item, by=by, done=True)
        finally:
            connection.close()

    def save_late(*args: Any) -> int:
        started.append(other.submit(tick, item_of(mission, "tickets")))
        wait(started, timeout=PATIENCE)
        return int(save(*args))

    monkeypatch.setattr(rows, "bulk_update", save_late)
    actions.postpone(mission, by=by, start=on(100), end=on(109), reason="Pluies.")
    for ticked in started:
        ticked.result()
    item = item_of(Mission.objects.get(pk=mission.pk), "tickets")
    assert (item.done_at is not None, item.due > timezone.localdate()) == (True, True)
