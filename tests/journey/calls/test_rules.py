"""Rules that decide when a call receives needs, opens and changes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from explor.actors.networks.models import Network
from explor.journey.calls import rules
from explor.journey.calls.models import Call
from explor.journey.calls.states import CALL, State


def call(**fields: Any) -> Call:
    opens = datetime(2027, 1, 1, tzinfo=UTC)
    given = {"network": Network(), "opens_at": opens, "closes_at": None, "state": State.OPEN}
    return Call(**given | fields)


CLOSES = datetime(2027, 3, 1, 11, 0, tzinfo=UTC)  # midday in Paris


@pytest.mark.parametrize(
    ("at", "grace", "receives"),
    [
        (datetime(2027, 3, 1, 10, 59, 59, tzinfo=UTC), 0, True),
        (datetime(2027, 3, 1, 11, 0, 0, tzinfo=UTC), 0, False),
        (datetime(2027, 3, 1, 11, 9, 59, tzinfo=UTC), 10, True),
        (datetime(2027, 3, 1, 11, 10, 0, tzinfo=UTC), 10, False),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), 0, False),
    ],
)
def test_a_call_receives_needs_from_its_opening_to_the_end_of_its_grace_period(
    at: datetime, grace: int, receives: bool
) -> None:
    assert rules.is_receiving(call(closes_at=CLOSES, grace_minutes=grace), at) is receives


def test_a_call_that_is_not_open_receives_no_need() -> None:
    closed = call(state=State.CLOSED, closes_at=CLOSES)
    before = CLOSES - timedelta(days=1)
    assert not rules.is_receiving(closed, before)
    assert rules.is_receiving(call(closes_at=CLOSES), before)


@pytest.mark.parametrize(
    ("moment", "later"),
    [
        # Midday stays midday in Paris, whether winter or summer time applies.
        (datetime(2027, 3, 1, 11, 0, tzinfo=UTC), datetime(2028, 3, 1, 11, 0, tzinfo=UTC)),
        (datetime(2027, 3, 28, 10, 0, tzinfo=UTC), datetime(2028, 3, 28, 10, 0, tzinfo=UTC)),
        (datetime(2027, 3, 27, 11, 0, tzinfo=UTC), datetime(2028, 3, 27, 10, 0, tzinfo=UTC)),
        (datetime(2028, 2, 29, 11, 0, tzinfo=UTC), datetime(2029, 2, 28, 11, 0, tzinfo=UTC)),
    ],
)
def test_the_function_next_year_returns_the_same_paris_time_a_year_later(
    moment: datetime, later: datetime
) -> None:
    assert rules.next_year(moment) == later


def test_opening_a_call_requires_a_presentation_and_a_future_closing_unless_rolling() -> None:
    assert len(rules.missing_to_open(call())) == 2
    assert rules.missing_to_open(call(presentation="Pour tous.", rolling=True)) == []
    dated = call(presentation="Pour tous.", closes_at=CLOSES)
    with time_machine.travel(CLOSES - timedelta(minutes=1)):
        assert rules.missing_to_open(dated) == []
    with time_machine.travel(CLOSES + timedelta(minutes=1)):
        assert rules.missing_to_open(dated) == [
            "La clôture est passée : déplacez-la à une date à venir."
        ]


def test_the_rules_of_an_ended_call_cannot_be_changed() -> None:
    assert rules.missing_to_change(call()) == []
    assert rules.missing_to_change(call(state=State.ENDED)) == ["Cet appel est terminé."]


def test_the_workflow_of_calls_allows_only_the_listed_transitions() -> None:
    allowed = {triple for triple in CALL.triples() if CALL.allows(*triple)}
    assert allowed == {
        ("draft", "open_call", "reseau"),
        ("closed", "open_call", "reseau"),
        ("open", "close_call", "reseau"),
        ("open", "close_call", "systeme"),
        ("closed", "end_call", "reseau"),
    }


@pytest.mark.parametrize("state", State.values)
def test_the_copy_of_a_shared_call_can_be_changed_once_the_call_of_its_lead_ended(
    state: State,
) -> None:
    lead = call(state=state, network=Network(name="Réseau meneur"), pk=1)
    missing = rules.missing_to_change(call(lead=lead))
    held = ["Cet appel est commun : ses règles se changent chez Réseau meneur."]
    assert missing == ([] if state == State.ENDED else held)
