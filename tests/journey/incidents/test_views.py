"""Incident pages: who reports, who reads and who records measures, in each state."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from ground.encryption.test_fields import store, stored

from explor.ground.audit.models import Access, Entry
from explor.ground.encryption.fields import UNREADABLE
from explor.ground.http.actor import Actor
from explor.ground.mail.models import Message
from explor.journey.incidents.models import Incident, Measure
from explor.journey.missions.models import Mission
from explor.journey.missions.pages import url_of
from explor.journey.missions.states import State
from factories import (
    ExpertFactory,
    IncidentFactory,
    MissionFactory,
    NetworkFactory,
    OfficerFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)
from support.missions import CAUSED, on

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]
WORDS = ("Gare routière", "Un vol", "Plainte")
REPORTED = ("preparing", "cleared", "away", "returned", "interrupted", "closed")


def typed(**more: Any) -> dict[str, Any]:
    values = {
        "level": "serious", "accident": "on", "on": on(0).isoformat(), "place": "Gare routière",
        "what": "Un vol sur la route.", "done": "Plainte déposée.",
    }  # fmt: skip
    return {**values, **more}


def actor_of(role: str, mission: Mission) -> Actor:
    return {
        "reseau": lambda: officer_actor(mission.network),
        "association": lambda: association_actor(mission.association),
        "expert": lambda: expert_actor(mission.expert),
        "employeur": lambda: employer_actor(mission.employer),
    }[role]()


def page(actor: Actor, name: str, *args: Any) -> str:
    key = [actor.key] if actor.key else []
    return reverse(f"incidents:{actor.role}_{name}", args=[*key, *args])


def in_state(state: str, **days: Any) -> Mission:
    given: dict[str, Any] = {"start": on(-5), "end": on(4), **days}
    cause = "ZONE" if state in CAUSED else ""
    before = "returned" if state == "closed" else ""
    mission: Mission = MissionFactory(state=state, cause=cause, closed_from=before, **given)
    return mission


@pytest.mark.parametrize("role", ["expert", "association", "reseau"])
def test_each_party_can_report_an_incident_and_officers_get_an_email_without_its_text(
    role: str, session_of: Session
) -> None:
    mission = in_state("away")
    mission.network.phone = "04 65 71 00 00"
    mission.network.save()
    officer = OfficerFactory(network=mission.network).person
    actor = actor_of(role, mission)
    client = session_of(actor)
    form = client.get(page(actor, "report", mission.pk)).content.decode()
    assert "Appelez d’abord les secours" in form
    assert 'href="tel:0465710000"' in form
    assert "5 ans après le retour" in form
    response = client.post(page(actor, "report", mission.pk), typed())
    incident = Incident.objects.get(mission=mission)
    assert response.url == page(actor, "incident", incident.pk)
    assert (incident.party, incident.reporter_id) == (role, actor.person)
    assert (incident.level, incident.accident, incident.state) == ("serious", True, "open")
    shown = client.get(response.url).content.decode()
    assert [word for word in WORDS if word not in shown] == []
    message = Message.objects.get(to=officer.email)
    assert (message.urgent, message.kind) == (True, "incidents.report")
    assert message.url == f"/reseau/{mission.network.slug}/incidents/{incident.pk}/"
    entries = Entry.objects.about(incident)
    assert [each.verb for each in entries] == ["report"]
    for text in (message.subject, message.body, str(entries[0].details), entries[0].reason):
        assert [word for word in WORDS if word in text] == []
    kept = "".join(stored(incident, column) for column in ("place", "what", "done"))
    assert [word for word in WORDS if word in kept] == []


@pytest.mark.parametrize("state", State.values)
def test_an_incident_can_be_reported_from_the_departure_on(state: str, session_of: Session) -> None:
    mission = in_state(state)
    for role in ("expert", "association", "reseau"):
        actor = actor_of(role, mission)
        client = session_of(actor)
        client.post(page(actor, "report", mission.pk), typed())
        link = page(actor, "report", mission.pk)
        shown = client.get(url_of(actor, mission)).content.decode()
        assert (link in shown) is (state in REPORTED), role
    assert Incident.objects.count() == (3 if state in REPORTED else 0)


@pytest.mark.parametrize("state", ["preparing", "cleared"])
@pytest.mark.parametrize(("begins", "count"), [(0, 1), (1, 0)])
def test_an_incident_can_be_reported_from_the_first_day_without_confirmed_departure(
    state: str, begins: int, count: int, session_of: Session
) -> None:
    mission = in_state(state, start=on(begins), end=on(begins + 8))
    actor = expert_actor(mission.expert)
    client = session_of(actor)
    link = page(actor, "report", mission.pk)
    assert (link in client.get(url_of(actor, mission)).content.decode()) is bool(count)
    client.post(link, typed())
    assert Incident.objects.count() == count


@pytest.mark.parametrize(("days", "count"), [(15, 1), (16, 0)])
def test_an_incident_can_be_reported_until_fifteen_days_after_the_return(
    days: int, count: int, session_of: Session
) -> None:
    past = {"start": on(-days - 9), "end": on(-days), "returned_on": on(-days)}
    mission = in_state("returned", **past)
    actor = expert_actor(mission.expert)
    answer = session_of(actor).post(
        page(actor, "report", mission.pk), typed(on=on(-days).isoformat())
    )
    assert (answer.status_code, Incident.objects.count()) == (302 if count else 409, count)


@pytest.mark.parametrize(("days", "fault"), [(2, "à venir"), (-6, "précède le départ")])
def test_the_day_of_an_incident_must_be_a_day_of_the_stay(
    days: int, fault: str, session_of: Session
) -> None:
    mission = in_state("away")
    actor = expert_actor(mission.expert)
    answer = session_of(actor).post(
        page(actor, "report", mission.pk), typed(on=on(days).isoformat())
    )
    assert fault in answer.content.decode()
    assert "Un vol sur la route." in answer.content.decode()
    assert not Incident.objects.exists()


def test_an_incident_of_a_day_that_begins_earlier_than_in_paris_is_reported(
    session_of: Session,
) -> None:
    """At two in the morning in Hanoi, it is still the day before in Paris."""
    mission = in_state("away")
    actor = expert_actor(mission.expert)
    answer = session_of(actor).post(page(actor, "report", mission.pk), typed(on=on(1).isoformat()))
    assert (answer.status_code, Incident.objects.get().on) == (302, on(1))


def test_the_employer_can_neither_report_nor_read_an_incident(session_of: Session) -> None:
    incident = IncidentFactory()
    actor = employer_actor(incident.mission.employer)
    client = session_of(actor)
    for url in (f"missions/{incident.mission_id}/incident/", f"incidents/{incident.pk}/"):
        whole = f"/employeur/{actor.key}/{url}"
        assert (client.get(whole).status_code, client.post(whole).status_code) == (404, 404)
    assert "incident" not in client.get(url_of(actor, incident.mission)).content.decode().lower()


@pytest.mark.parametrize("reported_by", ["expert", "association", "reseau"])
def test_the_expert_and_the_association_read_only_the_incidents_that_they_reported(
    reported_by: str, session_of: Session
) -> None:
    incident = IncidentFactory(party=reported_by)
    for role in ("expert", "association", "reseau"):
        actor = actor_of(role, incident.mission)
        status = session_of(actor).get(page(actor, "incident", incident.pk)).status_code
        assert status == (200 if role in ("reseau", reported_by) else 404), role


def test_an_incident_answers_404_to_another_network_and_to_another_expert(
    session_of: Session,
) -> None:
    incident, mission = IncidentFactory(), in_state("away")
    officer, expert = officer_actor(mission.network), expert_actor(ExpertFactory())
    for actor in (officer, expert):
        client = session_of(actor)
        foreign = client.get(page(actor, "incident", incident.pk))
        absent = client.get(page(actor, "incident", 987654))
        assert (foreign.status_code, foreign.content) == (404, absent.content)
        report = client.post(page(actor, "report", incident.mission_id), typed())
        assert report.status_code == 404
    client = session_of(officer)
    for slug in ("suite", "clore", "rouvrir"):
        url = f"{page(officer, 'incident', incident.pk)}{slug}/"
        assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)
    assert not Access.objects.filter(what="incident").exists()


def test_each_view_of_an_incident_by_an_officer_is_recorded_but_not_by_its_reporter(
    session_of: Session,
) -> None:
    incident = IncidentFactory()
    expert, officer = expert_actor(incident.mission.expert), officer_actor(incident.mission.network)
    session_of(expert).get(page(expert, "incident", incident.pk))
    assert not Access.objects.filter(what="incident").exists()
    session_of(officer).get(page(officer, "incident", incident.pk))
    access = Access.objects.get(what="incident")
    assert (access.person, access.subject) == (officer.person, incident.pk)


def test_officers_record_measures_on_an_incident_then_close_and_reopen_the_incident(
    session_of: Session,
) -> None:
    incident = IncidentFactory()
    officer = officer_actor(incident.mission.network)
    client, url = session_of(officer), page(officer, "incident", incident.pk)
    early = client.post(f"{url}clore/", {"version": "0"})
    assert "Notez d’abord ce qui a été fait" in early.content.decode()
    note = {"at": f"{on(0):%Y-%m-%d}T08:30", "what": "Appel à l’assureur", "informed": "Sa sœur"}
    assert client.post(f"{url}suite/", note).status_code == 302
    measure = Measure.objects.get(incident=incident)
    assert (measure.what, measure.informed) == ("Appel à l’assureur", "Sa sœur")
    assert measure.author_id == officer.person
    assert "assureur" not in stored(measure, "what")
    assert "Sa sœur" in client.get(url).content.decode()
    incident.refresh_from_db()
    assert client.post(f"{url}clore/", {"version": str(incident.version)}).status_code == 302
    assert client.post(f"{url}suite/", note).status_code == 403
    incident.refresh_from_db()
    assert client.post(f"{url}rouvrir/", {"version": str(incident.version)}).status_code == 302
    incident.refresh_from_db()
    assert incident.state == "open"
    entries = Entry.objects.about(incident)
    assert [each.verb for each in entries] == ["note_measure", "close", "reopen"]
    assert {each.reason for each in entries} == {""}
    assert "assureur" not in str([each.details for each in entries])


@pytest.mark.parametrize("role", ["expert", "association"])
def test_the_measures_of_the_network_on_an_incident_are_hidden_from_its_reporter(
    role: str, session_of: Session
) -> None:
    incident = IncidentFactory(party=role)
    Measure.objects.create(incident=incident, at=incident.created_at, what="Note interne")
    actor = actor_of(role, incident.mission)
    client, url = session_of(actor), page(actor, "incident", incident.pk)
    assert "Note interne" not in client.get(url).content.decode()
    for slug in ("suite", "clore", "rouvrir"):
        assert client.post(f"{url}{slug}/").status_code == 404


def test_the_encrypted_text_of_an_incident_moved_to_another_row_is_unreadable(
    session_of: Session,
) -> None:
    one, other = IncidentFactory(), IncidentFactory(place="x", what="x", done="x")
    for column in ("place", "what", "done"):
        store(other, column, stored(one, column))
    officer = officer_actor(other.mission.network)
    shown = session_of(officer).get(page(officer, "incident", other.pk)).content.decode()
    assert shown.count(UNREADABLE) == 3
    assert [word for word in WORDS if word in shown] == []


@pytest.mark.parametrize(
    ("scheme", "sentence"),
    [
        ("MCP", "L’association le déclare à l’employeur dans les vingt-quatre heures"),
        ("CSI", "ce n’est pas un accident du travail de son employeur"),
        ("MAD", "Aucun texte lu par Explor ne dit qui déclare"),
    ],
)
def test_the_page_of_an_accident_says_who_declares_it_under_the_leave_scheme(
    scheme: str, sentence: str, session_of: Session
) -> None:
    incident = IncidentFactory(accident=True)
    incident.mission.release.scheme = scheme
    incident.mission.release.save()
    for role in ("expert", "reseau"):
        actor = actor_of(role, incident.mission)
        url = page(actor, "incident", incident.pk)
        client = session_of(actor)
        assert sentence in client.get(url).content.decode()
        Incident.objects.filter(pk=incident.pk).update(accident=False)
        assert sentence not in client.get(url).content.decode()
        Incident.objects.filter(pk=incident.pk).update(accident=True)


def test_the_list_of_incidents_is_filtered_by_state_and_says_whether_views_are_recorded(
    session_of: Session,
) -> None:
    network = NetworkFactory()
    same = {"mission__release__proposal__decision__need__network": network}
    one, other = IncidentFactory(**same), IncidentFactory(state="closed", **same)
    officer = officer_actor(network)
    client, url = session_of(officer), page(officer, "incidents")
    for query, shown in (
        ("", {one, other}),
        ("?state=open", {one}),
        ("?state=closed", {other}),
        ("?state=x", {one, other}),
    ):
        text = client.get(f"{url}{query}").content.decode()
        assert {each for each in (one, other) if page(officer, "incident", each.pk) in text} == (
            shown
        )
    assert "rien n’est noté" in client.get(url).content.decode()
    home = client.get(f"/reseau/{network.slug}/").content.decode()
    assert page(officer, "incident", one.pk) in home


def test_an_empty_list_of_incidents_explains_where_incidents_come_from(session_of: Session) -> None:
    officer = officer_actor(NetworkFactory())
    text = session_of(officer).get(page(officer, "incidents")).content.decode()
    assert "Aucun incident ici" in text
