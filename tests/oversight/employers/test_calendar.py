"""The calendar of the missions of an employer's staff."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from explor.actors.lending.models import ClosedPeriod, LendingRules
from explor.ground.audit.models import Entry
from explor.journey.missions.models import Mission
from explor.journey.proposals.actions import decline
from explor.journey.proposals.models import Proposal
from factories import (
    EmployerFactory,
    MissionFactory,
    ProposalFactory,
    employer_actor,
    expert_actor,
    wearing,
)

pytestmark = pytest.mark.django_db
URL = "/employeur/ateliers/calendrier/"


@pytest.fixture
def employer():
    return EmployerFactory(slug="ateliers")


@pytest.fixture
def client(employer):
    return wearing(employer_actor(employer))


def proposed(employer, start, end, **values):
    made = ProposalFactory(expert__employer=employer, **values)
    Proposal.objects.filter(pk=made.pk).update(start=start, end=end)
    return made


def mission_of(employer, start, end, **values):
    made = MissionFactory(release__proposal__expert__employer=employer)
    length = (end - start).days + 1
    Mission.objects.filter(pk=made.pk).update(
        start=start, end=end, min_days=1, max_days=length, **values
    )
    return made


def lines(page, month):
    return [(each["ref"], each["note"]) for each in page.context["months"][month - 1]["lines"]]


def test_the_mission_calendar_of_an_employer_without_mission_has_no_row(client):
    page = client.get(f"{URL}?annee=2031")
    assert (page.status_code, page.context["rows"]) == (200, [])
    assert [month["label"] for month in page.context["months"]][:2] == ["janvier", "février"]


def test_the_employer_calendar_shows_each_proposal_and_mission_on_its_days_with_its_state(
    client, employer
):
    proposed(employer, date(2028, 2, 25), date(2028, 3, 2))
    proposed(employer, date(2028, 5, 4), date(2028, 5, 4), agreed=True)
    mission_of(employer, date(2028, 6, 1), date(2028, 6, 9))
    days = {"departed_on": date(2028, 7, 2), "returned_on": date(2028, 7, 8)}
    mission_of(employer, date(2028, 7, 1), date(2028, 7, 9), state="returned", **days)
    page = client.get(f"{URL}?annee=2028")
    assert lines(page, 2) == [("25–29", "proposée")]
    assert lines(page, 3) == [("1–2", "proposée")]
    assert lines(page, 5) == [("4", "acceptée par les trois")]
    assert lines(page, 6) == [("1–9", "en préparation")]
    assert lines(page, 7) == [("2–8", "au retour (jours réels)")]
    assert [row["days"] for row in page.context["rows"]] == [7, 1, 9, 7]


def test_the_employer_calendar_omits_missions_without_travel_and_ended_proposals(client, employer):
    mission_of(employer, date(2028, 6, 1), date(2028, 6, 9), state="cancelled", cause="ZONE")
    mission_of(employer, date(2028, 6, 1), date(2028, 6, 9), state="remote", cause="ZONE")
    proposed(employer, date(2028, 6, 1), date(2028, 6, 9), state="declined")
    proposed(EmployerFactory(), date(2028, 6, 1), date(2028, 6, 9))
    assert client.get(f"{URL}?annee=2028").context["rows"] == []


def test_a_mission_across_two_years_is_in_the_employer_calendar_of_both_years(client, employer):
    mission_of(employer, date(2027, 12, 30), date(2028, 1, 3))
    assert lines(client.get(f"{URL}?annee=2027"), 12) == [("30–31", "en préparation")]
    assert lines(client.get(f"{URL}?annee=2028"), 1) == [("1–3", "en préparation")]


def test_the_employer_calendar_shows_the_closed_periods(client, employer):
    rules = LendingRules.objects.create(employer=employer)
    ClosedPeriod.objects.create(
        rules=rules, start=date(2028, 7, 30), end=date(2028, 8, 15), words="inventaire"
    )
    page = client.get(f"{URL}?annee=2028")
    assert (lines(page, 7), lines(page, 8)) == (
        [("30–31", "inventaire")],
        [("1–15", "inventaire")],
    )
    assert page.context["closed"] == [("du 30 juillet au 15 août 2028", "inventaire")]


def test_the_icalendar_file_has_each_mission_once_and_marks_proposals_tentative(client, employer):
    today = timezone.localdate()
    start = today + timedelta(days=30)
    waiting = proposed(employer, start, start + timedelta(days=4))
    mission = mission_of(employer, start, start + timedelta(days=9))
    file = client.get("/employeur/ateliers/calendrier.ics")
    assert file["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in file["Cache-Control"]
    events = Calendar.from_ical(file.content).walk("VEVENT")
    uids = [str(each["uid"]).partition("@")[0] for each in events]
    assert uids == [
        f"proposition-{waiting.pk}",
        f"proposition-{mission.release.proposal_id}",
    ]
    assert [each.get("status") for each in events] == ["TENTATIVE", "CONFIRMED"]
    assert events[1]["dtend"].dt == start + timedelta(days=10)


def test_the_icalendar_file_says_that_an_event_is_cancelled_and_when_it_changed(client, employer):
    start = timezone.localdate() + timedelta(days=30)
    days = start, start + timedelta(days=4)
    declined = proposed(employer, *days)
    mission = mission_of(employer, *days)
    proposed(EmployerFactory(), *days, state="declined")
    before = events_of(client)
    decline(
        declined, party="expert", by=expert_actor(declined.expert), reason="Je ne peux plus partir."
    )
    Mission.objects.filter(pk=mission.pk).update(state="cancelled", cause="ZONE", version=7)
    after = events_of(client)
    assert sorted(after) == sorted(before)
    assert {str(each["status"]) for each in after.values()} == {"CANCELLED"}
    uid = f"proposition-{declined.pk}"
    last = Entry.objects.about(declined).last().at.replace(microsecond=0)
    assert after[uid]["dtstamp"].dt == after[uid]["last-modified"].dt == last
    assert all(after[each]["sequence"] > before[each]["sequence"] for each in after)


def events_of(client):
    events = Calendar.from_ical(client.get("/employeur/ateliers/calendrier.ics").content).events
    return {str(each["uid"]).partition("@")[0]: each for each in events}


def test_an_employer_cannot_open_the_calendar_of_another_employer(employer):
    other = wearing(employer_actor(EmployerFactory(slug="autre")))
    for page in ("calendrier/", "calendrier.ics", "bilan/", "bilan.pdf", "dons.csv"):
        assert other.get(f"/employeur/ateliers/{page}").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_employer_calendar_runs_a_constant_number_of_queries(
    client, employer, count, django_assert_max_num_queries
):
    for _ in range(count):
        mission_of(employer, date(2028, 6, 1), date(2028, 6, 9))
        proposed(employer, date(2028, 5, 4), date(2028, 5, 9))
    with django_assert_max_num_queries(9):
        assert len(client.get(f"{URL}?annee=2028").context["rows"]) == 2 * count
