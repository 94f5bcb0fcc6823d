"""Sessions end without activity or after twelve hours; a form sent too late is kept."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from explor.ground.accounts import actions, rules
from explor.ground.accounts.models import Person, Session
from explor.ground.audit.models import Entry
from explor.ground.encryption import ring
from factories import AdministratorFactory, MemberFactory, OfficerFactory, PersonFactory

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def without_second_factor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)


@pytest.fixture
def person() -> Person:
    return MemberFactory(organisation__slug="rives").person


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def age(client: Client, *, seen: timedelta, opened: timedelta | None = None) -> None:
    """Make the session of a client as if its last activity and its opening were that old."""
    row = Session.objects.get(pk=client.cookies["sessionid"].value)
    Session.objects.filter(pk=row.pk).update(
        active_at=row.active_at - seen,
        expire_date=row.expire_date - seen,
        opened_at=row.opened_at - (opened or seen),
    )


def is_open(client: Client) -> bool:
    return client.get("/compte/?rester").status_code == 200


@pytest.mark.parametrize(
    ("made", "idle"),
    [
        (PersonFactory, 2 * HOUR),
        (lambda: MemberFactory().person, 2 * HOUR),
        (lambda: OfficerFactory().person, 30 * MINUTE),
        (lambda: AdministratorFactory().person, 30 * MINUTE),
    ],
)
def test_a_session_ends_after_a_time_without_activity_that_depends_on_the_roles(
    made: Any, idle: timedelta
) -> None:
    client = signed_in(made())
    age(client, seen=idle - 2 * MINUTE)
    assert is_open(client)
    age(client, seen=idle - 2 * MINUTE)
    assert is_open(client)
    age(client, seen=idle + MINUTE)
    assert not is_open(client)


def test_a_session_ends_twelve_hours_after_the_sign_in_whatever_the_activity(person: Any) -> None:
    client = signed_in(person)
    age(client, seen=10 * MINUTE, opened=12 * HOUR - 5 * MINUTE)
    assert is_open(client)
    row = Session.objects.get(person=person.pk)
    assert timedelta(0) < row.expire_date - timezone.now() < 5 * MINUTE


def test_a_session_saved_again_keeps_the_moment_of_its_sign_in(person: Any) -> None:
    client = signed_in(person)
    session = client.session
    session["opened_at"] -= 3600
    session.save()
    row = Session.objects.get(person=person.pk)
    assert timezone.now() - row.opened_at >= HOUR
    session["vue"] = "liste"
    session.save()
    assert Session.objects.get(person=person.pk).opened_at == row.opened_at


def test_session_activity_is_recorded_at_most_once_a_minute(
    person: Any, django_assert_num_queries: Any
) -> None:
    client = signed_in(person)
    before = Session.objects.get(person=person.pk).active_at
    client.get("/compte/sessions/")
    assert Session.objects.get(person=person.pk).active_at == before
    age(client, seen=2 * MINUTE)
    client.get("/compte/sessions/")
    assert timezone.now() - Session.objects.get(person=person.pk).active_at < MINUTE


def test_requests_that_a_page_makes_by_itself_do_not_count_as_activity(person: Any) -> None:
    client = signed_in(person)
    age(client, seen=10 * MINUTE)
    client.get("/association/rives/", headers={"x-unattended": "1"})
    assert timezone.now() - Session.objects.get(person=person.pk).active_at > 9 * MINUTE


def test_receiving_a_stricter_role_shortens_the_open_session(person: Any) -> None:
    client = signed_in(person)
    OfficerFactory(person=person)
    age(client, seen=2 * MINUTE)
    assert is_open(client)
    left = Session.objects.get(person=person.pk).expire_date - timezone.now()
    assert left < 31 * MINUTE


def test_the_page_says_how_long_a_session_lasts_and_lets_the_person_extend_the_session(
    person: Any,
) -> None:
    client = signed_in(person)
    age(client, seen=HOUR)
    text = client.get("/compte/sessions/", headers={"x-unattended": "1"}).content.decode()
    assert "se termine au bout de 120" in text
    assert 'data-left="35' in text
    answer = client.post("/compte/sessions/prolonger/")
    assert 7100 < answer.json()["left"] <= 7200
    assert client.get("/compte/sessions/prolonger/").status_code == 405


def ended(person: Person, idle: timedelta = 3 * HOUR) -> Client:
    client = signed_in(person)
    age(client, seen=idle)
    return client


URL = "/association/rives/projets/nouveau/?de=projet"
TYPED = {"title": "Un puits à Dosso", "skills": ["eau", "sol"], "idempotency_key": "x"}


def test_a_form_sent_after_the_session_ended_is_sent_again_after_signing_in(
    person: Any,
) -> None:
    client = ended(person)
    refused = client.post(URL, TYPED)
    assert refused.url == "/compte/login/?next=%2Fcompte%2Freprise%2F"
    assert "connectez-vous, puis envoyez-le" in client.get(refused.url).content.decode()
    client.force_login(person)
    page = client.get("/compte/reprise/").content.decode()
    assert f'action="{URL}"' in page
    for value in ("Un puits à Dosso", "eau", "sol"):
        assert page.count(f'value="{value}"') == 1
    assert 'name="idempotency_key" value="x"' in page
    client.post(URL, TYPED)
    assert client.get("/compte/reprise/").url == "/compte/"


def test_a_form_kept_at_the_end_of_a_session_is_never_shown_to_another_person(person: Any) -> None:
    client = ended(person)
    client.post(URL, TYPED)
    client.force_login(PersonFactory())
    assert client.get("/compte/reprise/").url == "/compte/"
    assert "unsent" not in client.session


def test_a_form_kept_for_the_next_sign_in_is_encrypted_and_deleted_when_its_key_is_lost(
    person: Any, settings: Any
) -> None:
    client, first = ended(person), ring.new_key()
    settings.ENCRYPTION_KEYS = first
    client.post(URL, TYPED)
    assert "Un puits" not in json.dumps(dict(client.session.items()), ensure_ascii=False)
    client.force_login(person)
    settings.ENCRYPTION_KEYS = f"{ring.new_key()}, {first}"
    assert "Un puits à Dosso" in client.get("/compte/reprise/").content.decode()
    settings.ENCRYPTION_KEYS = ring.new_key()
    assert client.get("/compte/reprise/").headers["Location"] == "/compte/"


def test_a_person_can_discard_the_form_kept_at_the_end_of_their_session(person: Any) -> None:
    client = ended(person)
    client.post(URL, TYPED)
    client.force_login(person)
    assert client.post("/compte/reprise/").url == URL
    assert "unsent" not in client.session


def test_a_form_sent_without_having_signed_in_is_shown_back_and_not_kept() -> None:
    client = Client()
    answer = client.post(URL, TYPED)
    assert (answer.status_code, "Un puits à Dosso" in answer.content.decode()) == (403, True)
    assert client.post(URL).status_code == 302
    assert client.post("/compte/password/change/", TYPED).status_code == 302


def test_a_form_too_long_to_be_kept_after_the_session_ended_is_shown_back(person: Any) -> None:
    answer = ended(person).post(URL, {"title": "x" * 100_001})
    assert answer.status_code == 403


def test_a_partial_page_request_after_the_session_ended_answers_401(person: Any) -> None:
    answer = ended(person).post(URL, TYPED, headers={"hx-request": "true"})
    assert (answer.status_code, answer.content) == (401, b"")


def test_a_person_sees_the_list_of_their_sessions_and_ends_one_session(person: Any) -> None:
    client, other = Client(headers={"user-agent": FIREFOX}), signed_in(person)
    client.force_login(person)
    stranger = signed_in(PersonFactory())
    page = client.get("/compte/sessions/").content.decode()
    assert (page.count("Cette session"), page.count('scope="row"')) == (1, 2)
    [session] = [
        each
        for each in Session.objects.filter(person=person.pk)
        if each.pk != client.session.session_key
    ]
    url = f"/compte/sessions/{session.digest}/terminer/"
    assert stranger.post(url).status_code == 404
    assert is_open(other)
    assert client.post(url).url == "/compte/sessions/"
    assert (is_open(client), is_open(other)) == (True, False)
    own = Session.objects.get(person=person.pk)
    assert client.post(f"/compte/sessions/{own.digest}/terminer/").status_code == 404
    entry = Entry.objects.get(verb="end_session")
    assert (entry.person, "sessionid" in str(entry.details)) == (person.pk, False)


def test_a_person_ends_all_their_other_sessions(person: Any) -> None:
    client, *others = [signed_in(person) for _ in range(3)]
    client.post("/compte/sessions/terminer/")
    assert [is_open(each) for each in (client, *others)] == [True, False, False]
    assert Entry.objects.get(verb="end_sessions").details == {"count": 2}


@pytest.mark.parametrize(
    ("user_agent", "shown"),
    [
        (FIREFOX, "Firefox sous Windows"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15"
            " Version/18.0 Safari/605.1.15",
            "Safari sous macOS",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
            " CriOS/140.0 Mobile/15E148 Safari/604.1",
            "Chrome sur iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0.0.0"
            " Mobile Safari/537.36",
            "Chrome sous Android",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36"
            " Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
            "Edge sous Windows",
        ),
        ("curl/8.0", "Navigateur inconnu"),
        ("", "Navigateur inconnu"),
    ],
)
def test_the_list_of_sessions_names_each_browser_in_plain_words(
    user_agent: str, shown: str
) -> None:
    assert rules.browser_of(user_agent) == shown


def test_ending_every_session_after_a_restore_leaves_no_open_session() -> None:
    for person in (PersonFactory(), PersonFactory()):
        Client().force_login(person)
    assert Session.objects.exists()
    actions.end_every_session()
    assert not Session.objects.exists()
