"""Sign-ins, refusals and readings are recorded without what was typed or read, then erased."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from explor.ground.accounts.actions import open_account
from explor.ground.audit.actions import accesses
from explor.ground.audit.models import Access, Entry
from explor.ground.audit.selectors.accesses import is_watched, readings_of
from explor.ground.audit.selectors.blocks import faults_of_waiting
from explor.ground.http.actor import Actor
from factories import (
    AssociationFactory,
    ExpertFactory,
    MissionFactory,
    NetworkFactory,
    OfficerFactory,
    officer_actor,
)

pytestmark = pytest.mark.django_db
PASSWORD = "assez longue pour dix vies"


@pytest.fixture(autouse=True)
def without_second_factor(settings: Any) -> None:
    settings.EXPLOR_DEMO = True


def acts() -> list[tuple[str, int | None]]:
    return list(Access.objects.order_by("pk").values_list("act", "person"))


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_sign_ins_failures_and_sign_outs_are_recorded_without_the_typed_address() -> None:
    person = open_account(email="nora@val.test", name="Nora")
    person.set_password(PASSWORD)
    person.save()
    client, url = Client(), reverse("account_login")
    client.post(url, {"login": person.email, "password": "non"})
    client.post(url, {"login": "personne@val.test", "password": "non"})
    client.post(url, {"login": person.email, "password": PASSWORD})
    client.post(reverse("account_logout"))
    assert acts() == [
        ("failure", person.pk),
        ("failure", None),
        ("sign_in", person.pk),
        ("sign_out", person.pk),
    ]
    assert not Access.objects.exclude(what="").exists()
    assert list(faults_of_waiting()) == []


def test_an_act_refused_to_a_role_is_recorded_with_its_page_and_no_typed_value() -> None:
    officer = OfficerFactory()
    client = signed_in(officer.person)
    url = reverse("networks:reseau_settings", args=[officer.network.slug])
    assert client.post(url, {"email": "x@val.test"}).status_code == 403
    access = Access.objects.filter(act="refusal").get()
    assert (access.person, access.role, access.key, access.what) == (
        officer.person_id,
        "reseau",
        officer.network.slug,
        "networks:reseau_settings",
    )
    assert client.get(url).status_code == 403
    assert Access.objects.filter(act="refusal").count() == 1


def test_viewing_the_travel_data_of_a_mission_is_recorded_except_by_its_expert() -> None:
    mission = MissionFactory()
    officer = OfficerFactory(network=mission.network)
    client = signed_in(officer.person)
    url = reverse("missions:reseau_mission", args=[mission.network.slug, mission.pk])
    assert client.get(url).status_code == 200
    assert not Access.objects.filter(act="reading").exists()
    mission.checklist.create(code="own", label="Passeport", party="expert", note="Léa")
    assert client.get(url).status_code == 200
    access = readings_of(mission.network_id).get()
    assert (access.person, access.what, access.kind, access.subject) == (
        officer.person_id,
        "travel",
        "missions.mission",
        mission.pk,
    )


def exported(slug: str) -> str:
    """Return the address of the file of the organisations of a network."""
    return f"{reverse('organisations:reseau_organisations', args=[slug])}?format=csv"


def test_list_exports_are_recorded_until_the_network_switches_the_recording_off() -> None:
    officer = OfficerFactory(position="direction")
    client, slug = signed_in(officer.person), officer.network.slug
    export = exported(slug)
    page = reverse("networks:reseau_readings", args=[slug])
    client.get(export)
    assert readings_of(officer.network_id).count() == 1
    assert client.post(page, {}).status_code == 302
    assert not is_watched(officer.network_id)
    client.get(export)
    assert readings_of(officer.network_id).count() == 1
    assert client.post(page, {"on": "on"}).status_code == 302
    client.get(export)
    assert readings_of(officer.network_id).count() == 2
    verbs = Entry.objects.about(officer.network).values_list("verb", flat=True)
    assert list(verbs) == ["stop_watching", "watch_readings"]


def test_the_directors_of_a_network_see_who_viewed_what_and_an_officer_does_not() -> None:
    director = OfficerFactory(position="direction")
    officer = OfficerFactory(network=director.network)
    slug = director.network.slug
    url = reverse("networks:reseau_readings", args=[slug])
    signed_in(officer.person).get(exported(slug))
    other = officer_actor(NetworkFactory())
    accesses.note(Access.Type.READING, by=other, what="needs.csv")
    page = signed_in(director.person).get(url).content.decode()
    assert officer.person.name in page
    assert "liste des organisations, avec leurs contacts (CSV)" in page
    assert "1 lecture" in page
    assert signed_in(officer.person).get(url).status_code == 403


def test_a_page_is_shown_even_if_the_database_refuses_to_record_the_view(
    monkeypatch: Any,
) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise DatabaseError("away")

    monkeypatch.setattr(accesses, "note", away)
    officer = OfficerFactory()
    client = Client()
    monkeypatch.setattr("explor.ground.accounts.views.middleware.note", lambda *a, **k: None)
    client.force_login(officer.person)
    url = exported(officer.network.slug)
    assert client.get(url).status_code == 200


def test_a_recorded_access_contains_no_name_and_is_erased_only_at_its_term() -> None:
    association = AssociationFactory()
    accesses.note(
        Access.Type.READING,
        by=Actor(person=ExpertFactory().pk, name="Nora Exemple", role="expert"),
        what="travel",
        about=association,
    )
    access = Access.objects.get()
    assert "Nora" not in str(vars(access))
    with pytest.raises(DatabaseError), transaction.atomic():
        access.delete()
    accesses.erase_access(access, timezone.now())
    assert not Access.objects.exists()
