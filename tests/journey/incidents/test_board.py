"""The list of people abroad today and the lists of incidents, with a bounded number of queries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.journey.incidents.models import Measure
from explor.journey.incidents.selectors import abroad, signs_of_life
from explor.journey.mission_book.models import DiaryEntry
from explor.journey.missions.states import State
from factories import (
    EmergencyContactFactory,
    IncidentFactory,
    MissionFactory,
    NetworkFactory,
    OfficerFactory,
    expert_actor,
    officer_actor,
)
from support.missions import CAUSED, on

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]


def mission_of(network: Any, **fields: Any) -> Any:
    return MissionFactory(release__proposal__decision__need__network=network, **fields)


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("first", [-3, 0, 1])
def test_the_list_of_people_abroad_has_missions_that_departed_or_should_have_departed(
    state: str, first: int
) -> None:
    mission = MissionFactory(
        state=state, start=on(first), end=on(first + 9), cause="ZONE" if state in CAUSED else ""
    )
    listed = abroad(officer_actor(mission.network), timezone.localdate())
    expected = state == "away" or (state == "cleared" and first <= 0)
    assert list(listed) == ([mission] if expected else [])
    assert list(abroad(officer_actor(NetworkFactory()), timezone.localdate())) == []


def test_the_last_sign_of_life_of_an_expert_is_their_last_action_in_explor() -> None:
    silent, left, reporting = (MissionFactory(state="away") for _ in range(3))
    audit.log(silent, "depart", by=officer_actor(silent.network))
    entry = audit.log(left, "depart", by=expert_actor(left.expert))
    audit.log(reporting, "depart", by=expert_actor(reporting.expert))
    incident = IncidentFactory(mission=reporting)
    later = IncidentFactory(mission=left, confidential=True)
    assert later.created_at > entry.at, "a confidence leaves no trace here"
    assert signs_of_life([silent, left, reporting]) == {
        left.pk: entry.at,
        reporting.pk: incident.created_at,
    }


def test_a_note_of_the_mission_book_is_a_sign_of_life() -> None:
    mission = MissionFactory(state="away")
    audit.log(mission, "depart", by=expert_actor(mission.expert))
    note = DiaryEntry.objects.create(mission=mission, day=on(0), done="Relevé.")
    assert signs_of_life([mission]) == {mission.pk: note.created_at}


def test_the_board_of_people_abroad_shows_the_sign_of_life_the_contact_and_the_incidents(
    session_of: Session,
) -> None:
    network = NetworkFactory()
    known = mission_of(network, state="away", start=on(-12), end=on(-3))
    alone = mission_of(network, state="cleared", start=on(0), end=on(9))
    EmergencyContactFactory(mission=known)
    IncidentFactory(mission=known)
    IncidentFactory(mission=known, state="closed")
    audit.log(known, "depart", by=expert_actor(known.expert))
    officer = officer_actor(network)
    client = session_of(officer)
    text = client.get(reverse("incidents:reseau_abroad", args=[network.slug])).content.decode()
    contact = "emergency_contacts:reseau_contact"
    assert reverse(contact, args=[network.slug, known.pk]) in text
    assert reverse(contact, args=[network.slug, alone.pk]) not in text
    assert "retour attendu depuis le" in text
    assert "départ du" in text
    assert text.count("aucun dans Explor") == 1
    assert "2 personnes à l’étranger" in client.get(f"/reseau/{network.slug}/").content.decode()


def test_an_empty_board_of_people_abroad_explains_who_will_appear(session_of: Session) -> None:
    officer = officer_actor(NetworkFactory())
    url = reverse("incidents:reseau_abroad", args=[officer.key])
    assert (
        "Personne n’est à l’étranger aujourd’hui" in session_of(officer).get(url).content.decode()
    )


def fill(network: Any, count: int) -> Any:
    for _ in range(count):
        mission = mission_of(network, state="away")
        EmergencyContactFactory(mission=mission)
        for confidential in (False, True):
            incident = IncidentFactory(mission=mission, confidential=confidential)
            Measure.objects.create(
                incident=incident, at=incident.created_at, what="x", author=mission.expert.person
            )
    return mission, incident


def test_no_incident_page_runs_more_queries_with_40_rows_than_with_10(
    session_of: Session, django_assert_max_num_queries: Any
) -> None:
    network = NetworkFactory()
    director = OfficerFactory(network=network, position="direction")
    officer = officer_actor(network)
    assert officer.person == director.person_id
    client = session_of(officer)
    mission, incident = fill(network, 10)
    for _ in range(9):
        Measure.objects.create(incident=incident, at=incident.created_at, what="x")
    key = f"/reseau/{network.slug}/"
    pages = [
        f"{key}a-l-etranger/",
        f"{key}incidents/",
        f"{key}incidents/{incident.pk}/",
        f"{key}incidents/{incident.pk}/suite/",
        f"{key}incidents/qui-lit/",
        f"{key}missions/{mission.pk}/",
        f"{key}missions/{mission.pk}/incident/",
        key,
    ]

    def counted() -> dict[str, int]:
        counts = {}
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200, page
            counts[page] = len(queries)
        return counts

    counted()  # what a process caches at the first page
    few = counted()
    fill(network, 30)
    for _ in range(30):
        Measure.objects.create(incident=incident, at=incident.created_at, what="x")
        OfficerFactory(network=network)
    many = counted()
    assert few == many
    assert {page: count for page, count in many.items() if count > 25} == {}
