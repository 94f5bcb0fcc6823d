"""Incidents reported by a person: in the copy of their data, in an erasure and at their term."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from explor.ground.audit.models import Entry
from explor.ground.http.actor import SYSTEM
from explor.ground.privacy.actions import purge
from explor.journey.incidents.actions import erase_words
from explor.journey.incidents.models import Incident, Measure
from explor.journey.incidents.pages import kept_of
from explor.journey.incidents.selectors import own_incidents, own_measures
from factories import IncidentFactory, MissionFactory

pytestmark = pytest.mark.django_db


def test_the_copy_of_my_data_contains_the_confidential_reports_of_that_person_only() -> None:
    incident = IncidentFactory(confidential=True)
    person = incident.mission.expert.person
    IncidentFactory(mission=incident.mission, reporter=None, party="association", what="Autre")
    Measure.objects.create(incident=incident, at=incident.created_at, what="Du réseau")
    (copied,) = own_incidents(person)
    assert copied["ce qui s’est passé"] == "Un vol sur la route."
    assert list(own_measures(person)) == []


@pytest.mark.parametrize(
    ("fields", "stays"),
    [
        ({"level": "information"}, False),
        ({"level": "nuisance"}, False),
        ({"level": "nuisance", "accident": True}, True),
        ({"level": "information", "confidential": True}, True),
        ({"level": "serious"}, True),
        ({"level": "emergency"}, True),
    ],
)
def test_an_erasure_empties_minor_incidents_and_explains_why_other_incidents_are_kept(
    fields: dict[str, Any], stays: bool
) -> None:
    incident = IncidentFactory(**fields)
    other = IncidentFactory(level="information")
    person = incident.mission.expert.person
    assert bool(kept_of(person)) is stays
    erase_words(person, by=SYSTEM)
    incident.refresh_from_db()
    words = (incident.place, incident.what, incident.done)
    assert words == (
        ("Gare routière", "Un vol sur la route.", "Plainte déposée.") if stays else ("", "", "")
    )
    other.refresh_from_db()
    assert other.what == "Un vol sur la route."


def test_an_incident_is_erased_five_years_after_the_return_and_an_accident_after_ten() -> None:
    today, now = timezone.localdate(), timezone.now()
    mission = MissionFactory(state="closed", closed_from="returned", returned_on=today)
    plain = IncidentFactory(mission=mission)
    hurt = IncidentFactory(mission=mission, accident=True)
    left = Incident.objects.order_by("pk")
    purge(now=now + timedelta(days=1825))
    assert list(left.all()) == [plain, hurt]
    purge(now=now + timedelta(days=1827))
    assert list(left.all()) == [hurt]
    purge(now=now + timedelta(days=3652))
    assert list(left.all()) == [hurt]
    purge(now=now + timedelta(days=3654))
    assert list(left.all()) == []
    entries = Entry.objects.filter(kind="incidents.incident")
    assert {(each.verb, each.reason) for each in entries} == {("erase_incident", "")}


def test_the_incident_of_a_mission_under_way_is_not_due_for_erasure() -> None:
    IncidentFactory()
    purge(now=timezone.now() + timedelta(days=4000))
    assert Incident.objects.count() == 1
