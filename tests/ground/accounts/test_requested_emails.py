"""E-mails that anyone may request for an address: the limits, and the site their links open."""

import re

import pytest
from django.test import Client

from explor.ground.accounts.actions import open_account
from explor.ground.mail.models import Message

pytestmark = pytest.mark.django_db
STRANGER, OWNER = "192.0.2.7", "192.0.2.8"
SIGN_UP = {"name": "Noé Exemple", "password1": "cheval agrafe pile"}
CASES = [
    ("password/reset/", "awa@exemple.test", {}),
    ("password/reset/", "personne@exemple.test", {}),
    ("signup/", "awa@exemple.test", SIGN_UP),
    ("signup/", "neuve@exemple.test", SIGN_UP),
]


@pytest.fixture(autouse=True)
def known() -> None:
    open_account(email="awa@exemple.test", name="Awa Exemple")


def ask(path: str, email: str, typed: dict[str, str], address: str) -> int:
    given = {"email": email, **typed}
    return Client().post(f"/compte/{path}", given, REMOTE_ADDR=address).status_code


@pytest.mark.parametrize(("path", "email", "typed"), CASES)
def test_emails_requested_by_a_stranger_do_not_block_those_of_the_address_owner(
    path: str, email: str, typed: dict[str, str]
) -> None:
    sent = [ask(path, email, typed, STRANGER) for _ in range(7)]
    assert sent == [302] * 5 + [429] * 2
    assert Message.objects.filter(to=email).count() == 5
    assert ask(path, email, typed, OWNER) == 302


def test_requests_for_different_kinds_of_emails_count_towards_one_limit() -> None:
    for path, typed in (("signup/", SIGN_UP), ("password/reset/", {})) * 3:
        ask(path, "awa@exemple.test", typed, STRANGER)
    ask("login/code/", "awa@exemple.test", {}, STRANGER)
    assert Message.objects.filter(to="awa@exemple.test").count() == 5


@pytest.mark.parametrize(("path", "email", "typed"), CASES)
def test_links_in_emails_use_the_public_address_whatever_host_the_request_names(
    settings, path: str, email: str, typed: dict[str, str]
) -> None:
    settings.ALLOWED_HOSTS = [".exemple.test"]
    settings.EXPLOR_URL = "https://explor.exemple.test"
    given = {"email": email, **typed}
    Client().post(f"/compte/{path}", given, headers={"host": "autre.exemple.test"})
    hosts = re.findall(r"https?://[^/\s]+", Message.objects.get().body)
    assert set(hosts) <= {"https://explor.exemple.test"}
