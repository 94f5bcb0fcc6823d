"""Codes: each is valid once, in the browser that requested it, for a time, and hard to guess."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.utils import timezone

from explor.ground.accounts.actions import open_account
from explor.ground.accounts.models import Person
from explor.ground.audit.models import Access
from explor.ground.mail.models import Message

from .test_second_factor import code_of
from .test_sign_in import PASSWORD, by_password, code_in, signed_in

pytestmark = pytest.mark.django_db
CONFIRM = "/compte/login/code/confirm/"
FACTOR = "/compte/2fa/authenticate/"


@pytest.fixture
def person(settings: object) -> Person:
    settings.ACCOUNT_RATE_LIMITS = False  # type: ignore[attr-defined]
    made = open_account(email="awa@exemple.test", name="Awa Exemple")
    made.set_password(PASSWORD)
    made.save()
    return made


def asked(client: Client, person: Person) -> str:
    client.post("/compte/login/code/", {"email": person.email})
    return code_in(Message.objects.filter(to=person.email).latest("pk"))


def failures() -> list[int | None]:
    return list(Access.objects.filter(act="failure").values_list("person", flat=True))


def test_a_sign_in_code_is_valid_once_and_only_in_the_browser_that_requested_the_code(
    person: Person,
) -> None:
    client, thief = Client(), Client()
    code, other = asked(client, person), asked(thief, person)
    assert code != other
    thief.post(CONFIRM, {"code": code})
    assert not signed_in(thief)
    client.post(CONFIRM, {"code": code})
    assert signed_in(client)
    client.post("/compte/logout/")
    assert client.post(CONFIRM, {"code": code}).url == "/compte/login/code/"
    assert not signed_in(client)


def test_three_wrong_codes_end_the_sign_in_and_are_recorded(person: Person) -> None:
    client = Client()
    code = asked(client, person)
    for wrong in ("AAAAAA", "BBBBBB", "CCCCCC"):
        client.post(CONFIRM, {"code": wrong})
    client.post(CONFIRM, {"code": code})
    assert not signed_in(client)
    assert failures() == [person.pk] * 3


@pytest.mark.parametrize(("minutes", "enters"), [(4, True), (6, False)])
def test_a_sign_in_code_is_valid_for_five_minutes(
    person: Person, minutes: int, enters: bool
) -> None:
    client = Client()
    code = asked(client, person)
    with time_machine.travel(timezone.localtime() + timedelta(minutes=minutes)):
        client.post(CONFIRM, {"code": code})
        assert signed_in(client) is enters


@pytest.mark.parametrize(("minutes", "enters"), [(9, True), (11, False)])
def test_a_code_that_verifies_a_new_address_is_valid_for_ten_minutes(
    minutes: int, enters: bool
) -> None:
    client = Client()
    client.post("/compte/signup/", {"email": "bo@exemple.test", "name": "Bo Exemple"})
    code = code_in(Message.objects.latest("pk"))
    with time_machine.travel(timezone.localtime() + timedelta(minutes=minutes)):
        client.post("/compte/confirm-email/", {"code": code})
        assert signed_in(client) is enters


@pytest.mark.parametrize("kind", ["application", "recovery"])
def test_a_second_factor_code_is_valid_once_and_a_wrong_code_is_recorded(
    person: Person, kind: str
) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    spare = RecoveryCodes.activate(person).get_unused_codes()[0]
    code = code_of(secret) if kind == "application" else spare
    client, thief = Client(), Client()
    by_password(client, person.email, PASSWORD)
    assert client.post(FACTOR, {"code": "000000"}).status_code == 200
    client.post(FACTOR, {"code": code})
    assert (signed_in(client), failures()) == (True, [person.pk])
    by_password(thief, person.email, PASSWORD)
    thief.post(FACTOR, {"code": code})
    assert (signed_in(thief), failures()) == (False, [person.pk] * 2)


def test_resetting_a_password_by_an_emailed_link_still_requires_the_second_factor(
    person: Person, settings
) -> None:
    totp.TOTP.activate(person, totp.generate_totp_secret())
    Client().post("/compte/password/reset/", {"email": person.email})
    [url] = [
        word.removeprefix(settings.EXPLOR_URL)
        for word in Message.objects.latest("pk").body.split()
        if "/password/reset/key/" in word
    ]
    client, typed = Client(), {"password1": "pile agrafe cheval", "password2": "pile agrafe cheval"}
    form = client.get(url).url
    client.post(form, typed)
    assert not signed_in(client)
    assert Message.objects.latest("pk").kind == "account.password_reset"
    assert by_password(client, person.email, PASSWORD).status_code == 200
    assert by_password(client, person.email, typed["password1"]).url == FACTOR
    assert not signed_in(client)
    assert Client().get(url).status_code == 200  # it says that the link was already used
    Client().post(form, typed)


@pytest.mark.parametrize(("minutes", "serves"), [(59, True), (61, False)])
def test_a_password_reset_link_is_valid_for_one_hour(
    person: Person, settings, minutes: int, serves: bool
) -> None:
    Client().post("/compte/password/reset/", {"email": person.email})
    [url] = [
        word.removeprefix(settings.EXPLOR_URL)
        for word in Message.objects.latest("pk").body.split()
        if "/password/reset/key/" in word
    ]
    with time_machine.travel(timezone.localtime() + timedelta(minutes=minutes)):
        assert (Client().get(url).status_code == 302) is serves
