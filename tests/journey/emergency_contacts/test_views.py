"""Pages on which an emergency contact is given, read and withdrawn, for each role."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from ground.encryption.test_fields import store, stored

from explor.ground.audit.models import Access, Entry, Watch
from explor.ground.encryption.fields import UNREADABLE
from explor.ground.http.actor import Actor
from explor.ground.mail.models import Message
from explor.journey.emergency_contacts.models import EmergencyContact
from explor.journey.missions.models import Mission
from explor.journey.missions.pages import url_of
from explor.journey.missions.states import State
from factories import (
    EmergencyContactFactory,
    ExpertFactory,
    MissionFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)
from support.missions import CAUSED, prepared

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]
TYPED = {
    "name": "Lalao Andria",
    "tie": "ma sœur",
    "phone": "+261 34 00 000 01",
    "language": "mg",
    "version": "0",
}
WORDS = ("Lalao", "ma sœur", "+261", "26134")
READABLE = {"preparing", "cleared", "away"}


def give_url(mission: Mission) -> str:
    return reverse("emergency_contacts:expert_give_contact", args=[mission.pk])


def read_url(mission: Mission) -> str:
    key = mission.network.slug
    return reverse("emergency_contacts:reseau_contact", args=[key, mission.pk])


def in_state(state: str) -> Mission:
    mission: Mission = MissionFactory(state=state, cause="ZONE" if state in CAUSED else "")
    return mission


def test_an_expert_gives_an_emergency_contact_that_the_database_stores_encrypted(
    session_of: Session,
) -> None:
    mission = prepared()
    client = session_of(expert_actor(mission.expert))
    page = client.get(give_url(mission)).content.decode()
    assert "Prévenez-la que vous donnez son nom" in page
    assert "effacées 30 jours après votre" in page
    response = client.post(give_url(mission), TYPED)
    assert response.url == url_of(expert_actor(mission.expert), mission)
    contact = EmergencyContact.objects.get(mission=mission)
    given = (contact.name, contact.tie, contact.phone, contact.language)
    assert given == ("Lalao Andria", "ma sœur", "+261 34 00 000 01", "mg")
    kept = "".join(stored(contact, column) for column in ("name", "tie", "phone", "language"))
    assert [word for word in WORDS if word in kept] == []
    entry = Entry.objects.about(contact).get()
    assert (entry.verb, entry.reason, entry.details) == ("give_contact", "", {})
    assert Message.objects.count() == 0


def test_an_expert_corrects_then_withdraws_the_emergency_contact(session_of: Session) -> None:
    contact = EmergencyContactFactory()
    mission = contact.mission
    client = session_of(expert_actor(mission.expert))
    client.post(give_url(mission), {**TYPED, "version": "1", "name": "Nirina"})
    contact.refresh_from_db()
    assert (contact.name, contact.version) == ("Nirina", 2)
    old = client.post(give_url(mission), {**TYPED, "version": "1"})
    assert old.status_code == 409
    client.post(f"{give_url(mission)}retirer/", {"version": "2"})
    assert not EmergencyContact.objects.exists()
    assert client.post(f"{give_url(mission)}retirer/", {"version": "0"}).status_code == 403


def test_a_second_new_emergency_contact_for_a_mission_does_not_overwrite_the_first(
    session_of: Session,
) -> None:
    mission = prepared()
    client = session_of(expert_actor(mission.expert))
    assert client.post(give_url(mission), TYPED).status_code == 302
    assert client.post(give_url(mission), {**TYPED, "name": "Autre"}).status_code == 409
    assert EmergencyContact.objects.get().name == "Lalao Andria"


def test_an_emergency_number_without_digits_is_refused_and_the_typed_values_are_kept(
    session_of: Session,
) -> None:
    mission = prepared()
    client = session_of(expert_actor(mission.expert))
    response = client.post(give_url(mission), {**TYPED, "phone": "sur liste rouge"})
    assert response.status_code == 422
    assert "avec ses chiffres" in response.content.decode()
    assert "Lalao Andria" in response.content.decode()


@pytest.mark.parametrize("state", State.values)
def test_an_emergency_contact_is_given_and_read_only_until_the_return_of_the_mission(
    state: str, session_of: Session
) -> None:
    mission = in_state(state)
    given = session_of(expert_actor(mission.expert)).post(give_url(mission), TYPED)
    assert given.status_code == (302 if state in READABLE else 403)
    EmergencyContact.objects.all().delete()
    EmergencyContactFactory(mission=mission)
    officer = officer_actor(mission.network)
    client = session_of(officer)
    read = client.get(read_url(mission))
    assert read.status_code == (200 if state in READABLE else 404)
    assert (read_url(mission) in client.get(url_of(officer, mission)).content.decode()) is (
        state in READABLE
    )
    assert Access.objects.filter(what="emergency_contact").count() == (state in READABLE)


@pytest.mark.parametrize("role", ["association", "employeur"])
def test_the_association_and_the_employer_see_nothing_of_the_emergency_contact(
    role: str, session_of: Session
) -> None:
    contact = EmergencyContactFactory()
    mission = contact.mission
    actor = {
        "association": lambda: association_actor(mission.association),
        "employeur": lambda: employer_actor(mission.employer),
    }[role]()
    client = session_of(actor)
    page = client.get(url_of(actor, mission)).content.decode()
    assert [word for word in ("Lalao", "à prévenir", "600000001") if word in page] == []
    for url in (give_url(mission), f"{give_url(mission)}retirer/", read_url(mission)):
        assert (client.get(url).status_code, client.post(url).status_code) == (404, 404), url
    assert not EmergencyContact.objects.visible_to(actor).exists()


def test_the_emergency_contact_pages_answer_404_to_another_expert_and_network(
    session_of: Session,
) -> None:
    contact, other = EmergencyContactFactory(), prepared()
    expert = session_of(expert_actor(ExpertFactory(network=other.network)))
    officer = session_of(officer_actor(other.network))
    foreign = f"/reseau/{other.network.slug}/missions/{contact.mission_id}/personne-a-prevenir/"
    absent = f"/reseau/{other.network.slug}/missions/987654/personne-a-prevenir/"
    assert officer.get(foreign).status_code == officer.get(absent).status_code == 404
    assert officer.get(read_url(other)).status_code == 404, "nobody gave a contact"
    assert expert.get(give_url(contact.mission)).status_code == 404
    assert expert.post(give_url(contact.mission), TYPED).status_code == 404
    assert not Access.objects.filter(what="emergency_contact").exists()


def test_an_officer_sees_an_emergency_number_to_dial_and_this_view_is_recorded(
    session_of: Session, django_assert_max_num_queries: Any
) -> None:
    contact = EmergencyContactFactory(phone="+261 34 00 000 01", language="mg")
    officer = officer_actor(contact.mission.network)
    client = session_of(officer)
    with django_assert_max_num_queries(25):
        page = client.get(read_url(contact.mission)).content.decode()
    assert 'href="tel:+261340000001"' in page
    assert "malgache" in page
    access = Access.objects.get(what="emergency_contact")
    assert (access.act, access.person, access.subject) == ("reading", officer.person, contact.pk)
    assert access.network == contact.mission.network_id
    assert "Lalao" not in client.get(url_of(officer, contact.mission)).content.decode()


def test_directors_see_who_read_an_emergency_contact_though_other_views_are_not_recorded(
    session_of: Session,
) -> None:
    contact = EmergencyContactFactory()
    network = contact.mission.network
    officer = officer_actor(network)
    network.officers.update(position="direction")
    client = session_of(officer)
    client.get(read_url(contact.mission))
    readings = reverse("networks:reseau_readings", args=[network.slug])
    page = client.get(readings).content.decode()
    assert "personne à prévenir" in page
    assert contact.mission.file_number in page
    assert ("Lalao" in page, f"reseau {network.slug}" in page) == (False, False)
    assert f'href="/reseau/{network.slug}/le-reseau/"' in page.split("<main")[1]
    Watch.objects.create(network=network.pk, on=False)
    client.get(read_url(contact.mission))
    assert Access.objects.filter(what="emergency_contact").count() == 2


def test_an_encrypted_emergency_contact_moved_to_another_row_is_unreadable(
    session_of: Session,
) -> None:
    one, other = EmergencyContactFactory(), EmergencyContactFactory(phone="+33 6 00 00 00 02")
    for column in ("name", "tie", "phone", "language"):
        store(other, column, stored(one, column))
    client = session_of(officer_actor(other.mission.network))
    page = client.get(read_url(other.mission)).content.decode()
    assert page.count(UNREADABLE) == 4
    assert "tel:" not in page
    assert [word for word in ("Lalao", "ma sœur", "00 00 00 01") if word in page] == []


def test_a_mission_without_emergency_contact_shows_a_remark_but_can_be_cleared(
    session_of: Session,
) -> None:
    mission = prepared()
    officer = officer_actor(mission.network)
    client, url = session_of(officer), url_of(officer, mission)
    remark = "n’a donné personne"
    clear = client.get(f"{url}feu-vert/").content.decode()
    assert remark in clear
    assert "aria-disabled" not in clear
    EmergencyContactFactory(mission=mission)
    assert remark not in client.get(f"{url}feu-vert/").content.decode()


def test_the_home_of_the_expert_asks_for_an_emergency_contact_until_there_is_one(
    session_of: Session,
) -> None:
    mission = prepared()
    client = session_of(expert_actor(mission.expert))
    assert give_url(mission) in client.get("/expert/").content.decode()
    client.post(give_url(mission), TYPED)
    assert give_url(mission) not in client.get("/expert/").content.decode()
