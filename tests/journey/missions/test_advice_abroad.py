"""New travel advice while the person may be abroad: they stay on the board, and all are warned."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from explor.ground.travel_advice.models import Advice
from explor.journey.incidents import rules as incidents
from explor.journey.incidents.selectors import abroad
from explor.journey.mission_book.rules import can_write
from explor.journey.missions import actions
from explor.journey.missions.models import Mission
from factories import employer_actor, expert_actor, officer_actor
from support.missions import advise, on, prepared

pytestmark = pytest.mark.django_db
KIND = "missions.warn_of_advice"


def read_red(mission: Mission) -> None:
    advise(mission, "R")
    actions.follow_reading(Advice.objects.latest("pk"))
    mission.refresh_from_db()


def test_red_advice_after_the_first_day_leaves_an_expert_without_departure_on_the_board() -> None:
    mission = prepared(leaves_in=0, state="cleared")
    by = expert_actor(mission.expert)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        read_red(mission)
        today = on(0)
        assert mission.state == "cleared"
        assert mission in abroad(officer_actor(mission.network), today)
        assert incidents.missing_to_report(mission, today) == []
        assert can_write(by, mission, today)
        actions.depart(mission, by=by, on=mission.start)
    assert mission.state == "away"


@pytest.mark.parametrize("state", ["cleared", "away"])
def test_red_advice_during_the_mission_warns_every_party_once(state: str) -> None:
    mission = prepared(leaves_in=0, state=state, departed_on=on(0) if state == "away" else None)
    employer = employer_actor(mission.employer)
    read_red(mission)
    actions.follow_reading(Advice.objects.latest("pk"))
    actions.recheck(mission, days_before=0)
    told = Message.objects.filter(kind=KIND)
    assert {each.to for each in told} >= {mission.expert.person.email, employer.email}
    assert told.filter(to=mission.expert.person.email).count() == 1
    assert "elle ne part pas" in told.get(to=employer.email).body
    assert "appelez votre réseau" in told.get(to=mission.expert.person.email).body


def test_a_departure_to_a_red_zone_is_still_refused_on_the_first_day() -> None:
    mission = prepared(leaves_in=0, state="cleared")
    read_red(mission)
    with pytest.raises(ActionNotAllowed, match="Arrêt"):
        actions.depart(mission, by=expert_actor(mission.expert), on=on(0))


def test_an_incident_can_be_reported_from_the_first_day_even_after_a_withdrawn_clearance() -> None:
    mission = prepared(leaves_in=1, state="cleared")  # the person left early, without noting it
    read_red(mission)
    assert mission.state == "preparing"
    assert incidents.missing_to_report(mission, on(0))
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert incidents.missing_to_report(mission, on(0)) == []
