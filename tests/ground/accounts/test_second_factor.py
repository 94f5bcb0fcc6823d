"""A person whose role requires a second factor can always set it up, or type its code."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client

from explor.ground.accounts.actions import open_account
from explor.ground.accounts.models import Person
from explor.ground.mail.models import Message
from factories import OfficerFactory

from .test_sign_in import code_in

# The library marks the session once its transaction is committed.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def second_factor_required(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EXPLOR_DEMO = settings.ACCOUNT_RATE_LIMITS = False
    # The library notes, in a GET, that the codes were shown.
    monkeypatch.setattr(RecoveryCodes, "mark_as_viewed", lambda codes: None)


@pytest.fixture
def person() -> Person:
    return open_account(email="awa@exemple.test", name="Awa Exemple")


def by_code(client: Client, person: Person) -> None:
    client.post("/compte/login/code/", {"email": person.email})
    code = code_in(Message.objects.filter(to=person.email).latest("pk"))
    client.post("/compte/login/code/confirm/", {"code": code})


def code_of(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def enrol(client: Client) -> str:
    """Set up an application of codes on its page; return the secret."""
    secret = client.get("/compte/2fa/totp/activate/").context["form"].secret
    done = client.post("/compte/2fa/totp/activate/", {"code": code_of(secret)})
    assert done.url == "/compte/2fa/recovery-codes/"
    assert client.get(done.url).status_code == 200
    return str(secret)


def test_an_officer_without_second_factor_sets_one_up_then_opens_the_network_pages(
    person: Person,
) -> None:
    client, url = Client(), f"/reseau/{OfficerFactory(person=person).network.slug}/"
    by_code(client, person)
    sent = client.get(url, follow=True)
    assert sent.redirect_chain == [("/compte/2fa/", 302)]
    assert "Ce rôle demande un second facteur" in sent.content.decode()
    enrol(client)
    assert client.get(url).status_code == 200


def test_a_session_opened_before_the_second_factor_was_set_must_give_a_factor_code(
    person: Person,
) -> None:
    url = f"/reseau/{OfficerFactory(person=person).network.slug}/"
    elsewhere, client = Client(), Client()
    by_code(elsewhere, person)
    by_code(client, person)
    secret = enrol(client)
    asked = elsewhere.get(url)
    assert asked.url == f"/compte/2fa/reauthenticate/?next={url.replace('/', '%2F')}"
    done = elsewhere.post(asked.url, {"code": code_of(secret), "next": url})
    assert done.url == url
    assert elsewhere.get(url).status_code == 200


def test_the_other_sessions_end_when_a_second_factor_is_removed(person: Person) -> None:
    elsewhere, client = Client(), Client()
    by_code(client, person)
    enrol(client)
    elsewhere.force_login(person)
    assert elsewhere.get("/compte/sessions/").status_code == 200
    assert client.post("/compte/2fa/totp/deactivate/").status_code == 302
    assert not Authenticator.objects.filter(user=person).exists()
    assert client.get("/compte/sessions/").status_code == 200
    assert elsewhere.get("/compte/sessions/").status_code == 302


def test_recovery_codes_alone_do_not_count_as_a_second_factor(person: Person) -> None:
    client = Client()
    by_code(client, person)
    enrol(client)
    methods = client.session["account_authentication_methods"]
    assert [each.get("type") for each in methods if each["method"] == "mfa"] == ["totp"]
    assert Authenticator.objects.filter(user=person).count() == 2


def test_there_is_no_django_admin_and_accounts_have_no_superuser_flag() -> None:
    assert not apps.is_installed("django.contrib.admin")
    assert not {"is_superuser", "is_staff"} & {f.name for f in get_user_model()._meta.get_fields()}
    for path in ("/admin/", "/administration/technique/"):
        assert Client().get(path).status_code == 404
