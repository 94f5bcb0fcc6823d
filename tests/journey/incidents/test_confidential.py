"""Confidential reports: only the designated officers read them, and each reading is recorded."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from explor.actors.networks.models import Officer
from explor.actors.organisations.models import FieldPartner
from explor.ground.accounts.actions import open_link
from explor.ground.audit.models import Access, Entry, Watch
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from explor.journey.incidents.actions import confide
from explor.journey.incidents.models import ConfidentialReader, Incident
from explor.journey.incidents.pages.incidents import language_of
from explor.journey.incidents.rules import can_follow
from explor.journey.missions.models import Mission
from explor.journey.missions.pages import url_of
from factories import (
    ExpertFactory,
    IncidentFactory,
    MemberFactory,
    MissionFactory,
    OfficerFactory,
    association_actor,
    expert_actor,
    officer_actor,
)
from factories.roles import _actor
from support.missions import on

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]
WORD = "Je signale un geste déplacé."


def typed() -> dict[str, str]:
    return {"on": on(0).isoformat(), "place": "Bureau", "what": WORD}


def away() -> Mission:
    mission: Mission = MissionFactory(state="away", start=on(-5), end=on(4))
    return mission


def of(officer: Officer) -> Actor:
    return _actor(officer.person, "reseau", officer.network)


def url(actor: Actor, name: str, *args: Any) -> str:
    key = [actor.key] if actor.key else []
    return reverse(f"incidents:{actor.role}_{name}", args=[*key, *args])


@pytest.fixture
def mission(db: None) -> Mission:
    return away()


@pytest.fixture
def director(mission: Mission) -> Officer:
    made: Officer = OfficerFactory(network=mission.network, position="direction")
    return made


@pytest.fixture
def officer(mission: Mission) -> Officer:
    made: Officer = OfficerFactory(network=mission.network)
    return made


def confided(mission: Mission, **fields: Any) -> Incident:
    made: Incident = IncidentFactory(mission=mission, confidential=True, what=WORD, **fields)
    return made


@pytest.mark.parametrize("role", ["expert", "association"])
def test_a_confidential_report_reaches_only_the_directors_and_names_nobody_elsewhere(
    role: str, mission: Mission, director: Officer, officer: Officer, session_of: Session
) -> None:
    actor = {
        "expert": expert_actor(mission.expert),
        "association": association_actor(mission.association),
    }[role]
    client = session_of(actor)
    form = client.get(url(actor, "confide", mission.pk)).content.decode()
    assert "Lu par une personne désignée de votre réseau" in form
    assert "data-undrafted" in form  # the browser offers its words to nobody
    answer = client.post(url(actor, "confide", mission.pk), typed())
    assert answer.url == url_of(actor, mission)
    incident = Incident.objects.get()
    assert (incident.confidential, incident.reporter_id) == (True, actor.person)
    message = Message.objects.get()
    assert (message.to, message.urgent) == (director.person.email, True)
    entry = Entry.objects.about(incident).get()
    assert (entry.verb, entry.person, entry.name) == ("confide", None, "Explor")
    for text in (message.subject, message.body, str(entry.details), entry.reason):
        assert [word for word in ("geste", actor.name) if word in text] == []
    assert client.get(url(actor, "incident", incident.pk)).status_code == 404
    assert incident.file_number not in client.get(url_of(actor, mission)).content.decode()


def test_the_other_officers_and_the_association_cannot_find_a_confidential_report(
    mission: Mission, director: Officer, officer: Officer, session_of: Session
) -> None:
    incident = confided(mission)
    other = of(officer)
    client = session_of(other)
    home = f"/reseau/{mission.network.slug}/"
    for page in (home, url(other, "incidents"), url(other, "abroad"), url_of(other, mission)):
        assert incident.file_number not in client.get(page).content.decode()
        assert "confidentiel" not in client.get(page).content.decode().lower()
    assert "aucun" in client.get(url(other, "abroad")).content.decode()
    absent = client.get(url(other, "incident", 987654)).content
    answer = client.get(url(other, "incident", incident.pk))
    assert (answer.status_code, answer.content) == (404, absent)
    for slug in ("suite", "clore", "rouvrir"):
        assert client.post(f"{url(other, 'incident', incident.pk)}{slug}/").status_code == 404
    association = association_actor(mission.association)
    page = session_of(association).get(url_of(association, mission)).content.decode()
    assert incident.file_number not in page


def test_the_designated_officers_read_confidential_reports_instead_of_the_directors(
    mission: Mission, director: Officer, officer: Officer, session_of: Session
) -> None:
    incident = confided(mission)
    chief, chosen = of(director), of(officer)

    def who() -> list[int]:
        pages = [(each, url(each, "incident", incident.pk)) for each in (chief, chosen)]
        read = [session_of(each).get(page).status_code for each, page in pages]
        return [status // 100 for status in read]

    assert who() == [2, 4]
    page = url(chief, "readers")
    own = reverse("networks:reseau_network", args=[mission.network.slug])
    assert page in session_of(chief).get(own).content.decode()
    assert page not in session_of(chosen).get(own).content.decode()
    assert session_of(chosen).get(page).status_code == 403
    assert session_of(chosen).post(page, {"officers": [officer.pk]}).status_code == 403
    assert session_of(chief).post(page, {"officers": [officer.pk]}).status_code == 302
    assert who() == [4, 2]
    entry = Entry.objects.about(mission.network).last()
    assert entry is not None
    assert (entry.verb, entry.details) == ("designate_readers", {"persons": [officer.person_id]})
    officer.person.is_active = False
    officer.person.save()
    assert session_of(chief).get(url(chief, "incident", incident.pk)).status_code == 200
    officer.delete()
    assert not ConfidentialReader.objects.exists()


def test_a_director_cannot_designate_an_officer_of_another_network(
    director: Officer, session_of: Session
) -> None:
    foreign = OfficerFactory()
    chief = of(director)
    answer = session_of(chief).post(url(chief, "readers"), {"officers": [foreign.pk]})
    assert answer.status_code == 422
    assert not ConfidentialReader.objects.exists()


def test_each_view_of_a_confidential_report_is_recorded_even_with_recording_off(
    mission: Mission, director: Officer, session_of: Session
) -> None:
    incident, plain = confided(mission), IncidentFactory(mission=mission)
    Watch.objects.create(network=mission.network_id, on=False)
    chief = of(director)
    client = session_of(chief)
    for each in (incident, incident, plain):
        client.get(url(chief, "incident", each.pk))
    assert list(Access.objects.filter(act="reading").values_list("what", "subject")) == [
        ("confidential_report", incident.pk),
        ("confidential_report", incident.pk),
    ]
    readings = reverse("networks:reseau_readings", args=[mission.network.slug])
    text = client.get(readings).content.decode()
    assert "signalement confidentiel" in text
    assert "geste" not in text


def test_the_directors_record_measures_on_a_confidential_report_then_close_the_report(
    mission: Mission, director: Officer, session_of: Session
) -> None:
    incident, chief = confided(mission), of(director)
    client, page = session_of(chief), url(chief, "incident", incident.pk)
    note = {"at": f"{on(0):%Y-%m-%d}T08:30", "what": "Entretien", "informed": ""}
    assert client.post(f"{page}suite/", note).status_code == 302
    incident.refresh_from_db()
    assert client.post(f"{page}clore/", {"version": str(incident.version)}).status_code == 302


def test_a_confidential_report_that_nobody_may_read_is_refused_with_the_reason(
    mission: Mission, officer: Officer, session_of: Session
) -> None:
    expert = expert_actor(mission.expert)
    client, page = session_of(expert), url(expert, "confide", mission.pk)
    assert "écrivez à la coordination" in client.get(page).content.decode()
    client.post(page, typed())
    assert not Incident.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize(("days", "count"), [(365, 1), (366, 0)])
def test_a_confidential_report_is_accepted_until_a_year_after_the_return(
    days: int, count: int, session_of: Session
) -> None:
    mission = MissionFactory(
        state="closed", closed_from="returned", start=on(-days - 9), end=on(-days)
    )
    OfficerFactory(network=mission.network, position="direction")
    expert = expert_actor(mission.expert)
    session_of(expert).post(url(expert, "confide", mission.pk), typed())
    assert Incident.objects.count() == count


def test_the_partner_makes_a_confidential_report_by_their_link_in_their_language(
    mission: Mission, director: Officer
) -> None:
    link = open_link(mission, name="Hanta", email="hanta@champ.test", by=SYSTEM, language="en")
    page = reverse("incidents:partenaire_confide", args=[link])
    client = Client()
    form = client.get(page).content.decode()
    assert 'lang="en"' in form
    assert "Report something in confidence" in form
    assert "What happened" in form
    assert "Thank you" in client.post(page, typed()).content.decode()
    incident = Incident.objects.get()
    assert (incident.party, incident.reporter, incident.what) == ("partenaire", None, WORD)
    assert Message.objects.get().to == director.person.email
    FieldPartner.objects.filter(needs=mission.need).update(language="en")
    assert language_of(Incident.objects.get()) == "en"
    Incident.objects.update(party="association")
    assert language_of(Incident.objects.get()) == "fr"
    evaluation = reverse("reports:partenaire_evaluation", args=[link])
    Mission.objects.filter(pk=mission.pk).update(state="returned")
    assert page in client.get(evaluation).content.decode()


def test_an_unknown_or_expired_link_to_a_confidential_report_answers_404(
    mission: Mission, director: Officer
) -> None:
    ended = open_link(
        mission, name="Hanta", email="h@champ.test", by=SYSTEM, lifetime=timedelta(days=-1)
    )
    other = open_link(mission.need, name="Hanta", email="h@champ.test", by=SYSTEM)
    for link in ("absent", ended, other):
        page = reverse("incidents:partenaire_confide", args=[link])
        assert (Client().get(page).status_code, Client().post(page, typed()).status_code) == (
            404,
            404,
        )
    assert not Incident.objects.exists()


def test_a_director_of_another_network_cannot_read_a_confidential_report(
    director: Officer, mission: Mission
) -> None:
    incident = confided(mission)
    foreign = OfficerFactory(position="direction")
    assert not Incident.objects.visible_to(of(foreign)).exists()
    assert list(Incident.objects.visible_to(of(director))) == [incident]
    assert list(Incident.objects.visible_to(officer_actor(mission.network))) == [incident]


@pytest.mark.parametrize("tie", ["expert", "association", "employed by it"])
def test_an_officer_who_takes_part_in_a_mission_cannot_read_a_confidential_report_on_it(
    tie: str, mission: Mission, director: Officer, officer: Officer, session_of: Session
) -> None:
    officer.position = "direction"
    officer.save()
    if tie == "expert":
        Mission.objects.update(expert=ExpertFactory(person=director.person))
    elif tie == "association":
        MemberFactory(organisation=mission.association, person=director.person)
    else:
        ExpertFactory(person=director.person, employer=mission.association)
    mission.refresh_from_db()
    incident = confide(mission, by=association_actor(mission.association), on=on(0), what=WORD)
    sent = Message.objects.filter(kind="incidents.confide").values_list("to", flat=True)
    assert list(sent) == [officer.person.email]
    pages = ["incident", "note_measure", "close"]
    by = of(director)
    codes = [session_of(by).get(url(by, page, incident.pk)).status_code for page in pages]
    assert codes == [404, 404, 404]
    assert Incident.objects.visible_to(of(officer)).get() == incident


@pytest.mark.parametrize("tie", ["expert", "association"])
def test_directors_read_a_confidential_report_that_no_designated_officer_may_read(
    tie: str, mission: Mission, director: Officer, officer: Officer
) -> None:
    ConfidentialReader.objects.create(officer=officer)
    other = IncidentFactory(mission=MissionFactory(network=mission.network), confidential=True)
    if tie == "expert":
        Mission.objects.filter(pk=mission.pk).update(expert=ExpertFactory(person=officer.person))
        mission.refresh_from_db()
    else:
        MemberFactory(organisation=mission.association, person=officer.person)
    incident = confide(mission, by=association_actor(mission.association), on=on(0), what=WORD)
    sent = Message.objects.filter(kind="incidents.confide").values_list("to", flat=True)
    assert list(sent) == [director.person.email]
    assert Incident.objects.visible_to(of(director)).get() == incident
    assert Incident.objects.visible_to(of(officer)).get() == other


def test_a_confidential_report_is_refused_when_its_only_reader_takes_part_in_the_mission(
    mission: Mission, director: Officer
) -> None:
    Mission.objects.update(expert=ExpertFactory(person=director.person))
    mission.refresh_from_db()
    with pytest.raises(ActionNotAllowed, match="écrivez à la coordination"):
        confide(mission, by=association_actor(mission.association), on=on(0), what=WORD)


@pytest.mark.parametrize(("day", "why"), [(-6, "précède le départ"), (2, "à venir")])
def test_the_day_of_a_confidential_report_must_be_a_day_of_the_stay(
    mission: Mission, director: Officer, day: int, why: str
) -> None:
    with pytest.raises(ActionNotAllowed, match=why):
        confide(mission, by=expert_actor(mission.expert), on=on(day), what=WORD)
    assert not Incident.objects.exists()


def test_an_officer_of_another_network_cannot_record_measures_on_an_incident(
    mission: Mission,
) -> None:
    assert not can_follow(of(OfficerFactory()), IncidentFactory(mission=mission))
    assert can_follow(of(OfficerFactory(network=mission.network)), IncidentFactory(mission=mission))
