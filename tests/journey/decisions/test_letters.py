"""Letters are read, scheduled, unscheduled and sent once; decisions stay hidden until then."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4
from zlib import crc32

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from explor.journey.committees.selectors import bylaws_of
from explor.journey.decisions import actions as decisions
from explor.journey.decisions import selectors
from explor.journey.decisions.models import Decision
from explor.journey.decisions.pages import letter_of
from explor.journey.meetings import actions as meetings
from explor.journey.meetings.rules.voting import Ballot
from explor.journey.needs.models import Need
from factories import (
    MeetingFactory,
    MemberFactory,
    NetworkFactory,
    association_actor,
    officer_actor,
    wearing,
)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    travel = time_machine.travel(datetime(2026, 11, 24, 9, tzinfo=UTC), tick=False)
    yield travel.start()
    travel.stop()


@pytest.fixture
def decided(clock: time_machine.Traveller, committee: Any) -> list[Decision]:
    """Return three decisions: two decided with their reasons, a third without."""
    for need, letter in zip(committee.needs, ("Motif un.", "Motif deux.", ""), strict=True):
        MemberFactory(organisation=need.association)
        Decision.objects.filter(need=need).update(
            state="decided", verdict="favourable", letter=letter, decided_at=timezone.now()
        )
    return [committee.decision(place) for place in range(3)]


@pytest.fixture
def officer(committee: Any) -> tuple[Client, str]:
    network = committee.call.network
    home = f"/reseau/{network.slug}/appels/{committee.call.pk}/annonces/"
    return wearing(officer_actor(network)), home


def text_of(decision: Decision) -> str:
    return letter_of(decision, bylaws_of(decision.need.call), {})


def keys(*decisions: Decision) -> list[str]:
    return [f"{each.pk}-{each.version}-{crc32(text_of(each).encode())}" for each in decisions]


def sent() -> list[str]:
    return sorted(Message.objects.filter(kind="decisions.announce").values_list("about", flat=True))


def about(*decisions: Decision) -> list[str]:
    return sorted(f"needs.need:{each.need_id}" for each in decisions)


def test_scheduled_letters_are_sent_a_single_time_at_their_scheduled_time(
    clock: time_machine.Traveller,
    decided: list[Decision],
    officer: tuple[Client, str],
    run_jobs: Callable[[], list[str]],
) -> None:
    browser, home = officer
    one, two, blank = decided
    page = browser.get(home).content.decode()
    assert "Motif un." in page and "Motif deux." in page
    typed = {"letters": keys(one, two), "at": "2026-11-24T14:00"}  # 14:00 in Paris is 13:00 UTC
    assert browser.post(home, typed).status_code == 302
    assert sent() == []
    clock.move_to(datetime(2026, 11, 24, 12, 59, tzinfo=UTC))
    decisions.announce_due(timezone.now())
    assert sent() == []
    clock.move_to(datetime(2026, 11, 24, 13, 0, tzinfo=UTC))
    assert decisions.announce_due(timezone.now()) == 2
    assert decisions.announce_due(timezone.now()) == 0
    run_jobs()
    assert sent() == about(one, two)
    assert set(Decision.objects.values_list("need", "state")) == {
        (one.need_id, "announced"), (two.need_id, "announced"), (blank.need_id, "decided"),
    }  # fmt: skip


def test_unscheduled_letters_are_not_sent(
    clock: time_machine.Traveller, decided: list[Decision], officer: tuple[Client, str]
) -> None:
    browser, home = officer
    typed = {"letters": keys(*decided[:2]), "at": "2026-11-24T14:00"}
    browser.post(home, typed)
    assert browser.post(f"{home}retenir/", {"idempotency_key": str(uuid4())}).status_code == 302
    clock.shift(timedelta(days=1))
    assert decisions.announce_due(timezone.now()) == 0
    assert sent() == []
    assert not Decision.objects.filter(announce_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("at", "said"), [("2026-11-24T09:59", "moment à venir"), ("", "obligatoire")]
)
def test_scheduling_letters_at_a_past_time_is_refused(
    at: str, said: str, decided: list[Decision], officer: tuple[Client, str]
) -> None:
    browser, home = officer
    answer = browser.post(home, {"letters": keys(decided[0]), "at": at})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_scheduling_a_letter_changed_since_it_was_read_is_refused(
    decided: list[Decision], officer: tuple[Client, str], committee: Any
) -> None:
    browser, home = officer
    read = keys(*decided[:2])
    by = officer_actor(committee.call.network)
    decisions.write_letter(decided[0], by=by, letter="Autres mots.")
    answer = browser.post(home, {"letters": read, "at": "2026-11-24T14:00"})
    assert answer.status_code == 422
    assert "relisez-la" in answer.content.decode()
    assert not Decision.objects.filter(announce_at__isnull=False).exists()


def test_changing_the_reasons_unschedules_the_letter(
    decided: list[Decision], committee: Any
) -> None:
    by = officer_actor(committee.call.network)
    decisions.schedule_announcement(
        [(decided[0], None)], by=by, at=timezone.now() + timedelta(hours=1)
    )
    decisions.write_letter(committee.decision(), by=by, letter="Autres mots.")
    assert committee.decision().announce_at is None


def test_the_letter_of_a_withdrawn_need_is_unscheduled_and_the_others_are_sent(
    clock: time_machine.Traveller, decided: list[Decision], committee: Any
) -> None:
    by = officer_actor(committee.call.network)
    decisions.schedule_announcement(
        [(each, None) for each in decided[:2]], by=by, at=timezone.now() + timedelta(hours=1)
    )
    Need.objects.filter(pk=decided[0].need_id).update(state="withdrawn")
    clock.shift(timedelta(hours=1))
    assert decisions.announce_due(timezone.now()) == 1
    assert sent() == about(decided[1])
    assert committee.decision().announce_at is None


@pytest.mark.parametrize("wait", [None, timedelta(hours=1)])
def test_a_letter_unscheduled_or_postponed_while_others_are_sent_is_not_sent(
    wait: timedelta | None,
    clock: time_machine.Traveller,
    decided: list[Decision],
    committee: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, two = decided[:2]
    now, due = timezone.now(), selectors.due
    schedule = Decision.objects.filter(pk__in=[one.pk, two.pk])
    schedule.update(announce_at=now)
    later = now + wait if wait else None

    def due_before_the_change(at: datetime) -> list[int]:
        read = due(at)
        schedule.filter(pk=two.pk).update(announce_at=later)
        return read

    monkeypatch.setattr(selectors, "due", due_before_the_change)
    assert decisions.announce_due(now) == 1
    assert sent() == about(one)
    kept = committee.decision(1)
    assert (kept.state, kept.announce_at, kept.version) == ("decided", later, two.version)


def test_the_association_sees_the_decision_only_after_its_announcement(
    decided: list[Decision], committee: Any
) -> None:
    need = committee.needs[0]
    home = f"/association/{need.association.slug}/"
    browser = wearing(association_actor(need.association))
    pages = (home, f"{home}besoins/", f"{home}besoins/{need.pk}/")
    by = officer_actor(committee.call.network)
    decisions.schedule_announcement(
        [(decided[0], None)], by=by, at=timezone.now() + timedelta(hours=1)
    )
    for url in pages:
        page = browser.get(url).content.decode()
        assert "Motif un." not in page and "favorable" not in page, url
    decisions.announce(committee.decision(), by=by)
    page = browser.get(pages[-1]).content.decode()
    assert "Motif un." in page and "favorable" in page


def test_the_page_of_letters_is_not_found_for_another_network(
    decided: list[Decision], committee: Any
) -> None:
    other = NetworkFactory()
    browser = wearing(officer_actor(other))
    base = f"/reseau/{other.slug}/"
    for rest in (
        f"appels/{committee.call.pk}/annonces/",
        f"decisions/{decided[0].need_id}/motifs/",
    ):
        assert browser.get(base + rest).status_code == 404


def test_a_decision_is_announced_once_its_meeting_is_closed(
    committee: Any, drawn_as_data: None
) -> None:
    decision, by = committee.decision(), officer_actor(committee.call.network)
    meeting = MeetingFactory(call=committee.call)
    meetings.start_meeting(meeting, by=by)
    meetings.note_attendance(meeting, by=by, members=[committee.chair, *committee.members])
    ballot = Ballot(votes_for=3, votes_against=0, abstentions=0)
    decisions.decide(decision, by=by, verdict="favourable", letter="Motifs.", ballot=ballot)
    with pytest.raises(ActionNotAllowed, match="Sa séance est ouverte"):
        decisions.announce(decision, by=by)
    meetings.end_meeting(meeting, by=by)
    decision.refresh_from_db()
    assert decisions.announce(decision, by=by).state == "announced"
