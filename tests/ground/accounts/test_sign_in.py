"""Sign-in with a code, a password, and a second factor for the roles that require one."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from explor.actors.networks.models import Coordinator
from explor.ground.accounts.actions import count_try, forget_tries, open_account
from explor.ground.accounts.models import Person, SignInTry
from explor.ground.mail.models import Message
from factories import (
    AdministratorFactory,
    AssociationFactory,
    MemberFactory,
    OfficerFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db
PASSWORD = "un-long-mot-de-passe"


@pytest.fixture
def person() -> Person:
    made = open_account(email="Awa@exemple.test", name="Awa Exemple")
    made.set_password(PASSWORD)
    made.save()
    return made


def code_in(message: Message) -> str:
    """Return the sign-in code of a message, which is alone on its line."""
    [code] = re.findall(r"^\s*([A-Z0-9-]{6,})\s*$", message.body, re.MULTILINE)
    return code


def by_password(client: Client, email: str, password: str, address: str = "192.0.2.1"):
    given = {"login": email, "password": password}
    return client.post("/compte/login/", given, REMOTE_ADDR=address)


def signed_in(client: Client) -> bool:
    return client.get("/compte/?rester").status_code == 200


def test_signing_in_with_an_emailed_code_opens_a_session(client, person):
    page = client.get("/compte/login/code/")
    assert "Recevoir un code" in page.content.decode()
    sent = client.post("/compte/login/code/", {"email": "AWA@exemple.test"}, follow=True)
    assert sent.status_code == 200
    message = Message.objects.get()
    assert (message.to, message.urgent, message.secret) == ("awa@exemple.test", True, True)
    assert not re.search(r"\b(Your|You|Sign)\b", message.subject + message.body)
    wrong = client.post("/compte/login/code/confirm/", {"code": "AAAAAA"})
    assert (wrong.status_code, signed_in(client)) == (200, False)
    client.post("/compte/login/code/confirm/", {"code": code_in(message)})
    assert signed_in(client)


def test_signing_in_with_an_unknown_address_shows_the_same_page_but_sends_no_code(client, person):
    known = client.post("/compte/login/code/", {"email": "awa@exemple.test"})
    unknown = Client().post("/compte/login/code/", {"email": "personne@exemple.test"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [m.kind for m in Message.objects.order_by("pk")] == [
        "account.login_code",
        "account.unknown_account",
    ]


def test_signing_in_with_a_password_opens_a_session(client, person):
    assert by_password(client, "awa@exemple.test", "faux-mot-de-passe").status_code == 200
    assert not signed_in(client)
    assert by_password(client, "awa@exemple.test", PASSWORD).status_code == 302
    assert signed_in(client)
    assert SignInTry.objects.count() == 0


def test_a_sixth_password_attempt_from_one_ip_address_is_refused_even_if_correct(client, person):
    for _ in range(5):
        by_password(client, "awa@exemple.test", "faux-mot-de-passe")
    refused = by_password(client, "awa@exemple.test", PASSWORD)
    assert "Recevez plutôt un code par courriel" in refused.content.decode()
    assert not signed_in(client)
    # A stranger cannot lock out the owner: another address and a code still work.
    assert by_password(Client(), "awa@exemple.test", PASSWORD, "192.0.2.2").status_code == 302
    client.post("/compte/login/code/", {"email": "awa@exemple.test"})
    client.post("/compte/login/code/confirm/", {"code": code_in(Message.objects.latest("pk"))})
    assert signed_in(client)


def test_a_stranger_who_asks_for_codes_does_not_lock_out_the_owner_of_the_address(client, person):
    def ask(address: str) -> int:
        given = {"email": "awa@exemple.test"}
        return Client().post("/compte/login/code/", given, REMOTE_ADDR=address).status_code

    assert [ask("192.0.2.7") for _ in range(4)] == [302, 302, 302, 200]
    assert Message.objects.count() == 3
    assert ask("192.0.2.8") == 302


def test_an_anonymous_visitor_over_a_sign_in_limit_gets_the_error_page_of_explor(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    by_password(client, "awa@exemple.test", "faux-mot-de-passe")
    refused = by_password(client, "awa@exemple.test", "faux-mot-de-passe")
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert "Trop de demandes en peu de temps" in refused.content.decode()


def test_a_forged_header_does_not_change_the_ip_address_that_is_counted(client, person, settings):
    def attempt(forwarded: str) -> None:
        given = {"login": "awa@exemple.test", "password": "faux-mot-de-passe"}
        client.post("/compte/login/", given, headers={"x-forwarded-for": forwarded})

    attempt("192.0.2.9")
    assert SignInTry.objects.get().address == "127.0.0.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    attempt("198.51.100.1, 192.0.2.9")
    assert set(SignInTry.objects.values_list("address", flat=True)) == {"127.0.0.1", "192.0.2.9"}


def test_all_addresses_of_an_ipv6_network_share_five_password_attempts(client, person):
    addresses = [f"2001:db8:1:2::{n}" for n in range(1, 7)]
    for address in addresses[:5]:
        by_password(Client(), "awa@exemple.test", "faux-mot-de-passe", address)
    refused = by_password(client, "awa@exemple.test", PASSWORD, addresses[5])
    assert "Recevez plutôt un code par courriel" in refused.content.decode()
    counted = SignInTry.objects.values_list("address", "count")
    assert list(counted) == [("2001:db8:1:2::", 6)]
    assert by_password(client, "awa@exemple.test", PASSWORD, "2001:db8:1:3::1").status_code == 302


def test_all_addresses_of_an_ipv6_network_share_three_code_requests_a_minute(person):
    def ask(address: str) -> int:
        given = {"email": "awa@exemple.test"}
        return Client().post("/compte/login/code/", given, REMOTE_ADDR=address).status_code

    assert [ask(f"2001:db8:1:2::{n}") for n in range(1, 5)] == [302, 302, 302, 200]
    assert Message.objects.count() == 3


def test_a_signed_in_person_over_a_sign_in_limit_gets_the_error_page_of_explor(client, person):
    client.force_login(person)
    typed = [{"email": f"neuve-{n}@exemple.test", "action_add": ""} for n in range(12)]
    answers = [client.post("/compte/email/", each) for each in typed]
    refused = next(each for each in answers if each.status_code == 429)
    assert "Trop de demandes en peu de temps" in refused.content.decode()
    assert refused["Retry-After"] == "60"


def test_the_cache_still_holds_a_count_after_four_hundred_other_entries():
    cache.set("a-count", 1, timeout=60)
    for number in range(400):
        cache.set(f"other-{number}", 1, timeout=60)
    assert cache.get("a-count") == 1


def test_password_attempts_are_no_longer_counted_after_15_minutes():
    given = {"email": "a@exemple.test", "address": "192.0.2.1"}
    assert [count_try(**given) for _ in range(6)] == [True] * 5 + [False]
    SignInTry.objects.update(since=timezone.now() - timedelta(minutes=16))
    assert count_try(**given) is True
    assert SignInTry.objects.get().count == 1
    forget_tries(**given)
    assert SignInTry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_only_five_of_many_concurrent_password_attempts_are_allowed():
    def run(n: int) -> bool:
        try:
            return count_try(email="A@exemple.test", address="192.0.2.1")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(run, range(80))) == 5


def test_signing_up_requires_a_code_sent_to_the_address(client):
    given = {"email": "bo@exemple.test", "name": "Bo Exemple"}
    client.post("/compte/signup/", given)
    assert not signed_in(client)
    client.post("/compte/confirm-email/", {"code": code_in(Message.objects.get())})
    assert signed_in(client)
    made = Person.objects.get(email="bo@exemple.test")
    assert (made.name, EmailAddress.objects.get(user=made).verified) == ("Bo Exemple", True)
    assert "Aucune casquette" in client.get("/compte/").content.decode()


def test_signing_up_with_a_known_address_only_emails_its_owner(client, person):
    given = {"email": "awa@exemple.test", "name": "Autre"}
    answer = client.post("/compte/signup/", given)
    fresh = Client().post("/compte/signup/", given | {"email": "neuve@exemple.test"})
    assert (answer.status_code, answer.url) == (fresh.status_code, fresh.url)
    assert Message.objects.get(to="awa@exemple.test").kind == "account.account_already_exists"
    assert Person.objects.get(email="awa@exemple.test").name == "Awa Exemple"


def test_a_deactivated_person_is_signed_out_at_the_next_request(client):
    member = MemberFactory()
    client.force_login(member.person)
    url = f"/association/{member.organisation.slug}/"
    assert client.get(url).status_code == 200
    Person.objects.filter(pk=member.person_id).update(is_active=False)
    assert client.get(url).url == f"/compte/login/?next={url}"


def test_a_person_who_lost_a_role_gets_404_at_the_next_request(client):
    member = MemberFactory()
    client.force_login(member.person)
    member.delete()
    assert client.get(f"/association/{member.organisation.slug}/").status_code == 404


@pytest.fixture
def home_of():
    """Return a function that creates a person with a role and returns the URL of its home page."""

    def make(kind: str) -> tuple[Person, str]:
        person = PersonFactory()
        if kind == "administration":
            AdministratorFactory(person=person)
        if kind == "reseau":
            officer = OfficerFactory(person=person)
            return person, f"/reseau/{officer.network.slug}/"
        if kind == "comite":
            from factories import CommitteeMemberFactory

            return person, f"/comite/{CommitteeMemberFactory(person=person).call.slug}/"
        if kind == "coordination":
            Coordinator.objects.create(person=person)
        if kind == "association":
            MemberFactory(person=person, organisation=AssociationFactory(slug="rives"))
            return person, "/association/rives/"
        return person, f"/{kind}/"

    return make


@pytest.mark.parametrize("kind", ["reseau", "comite", "coordination", "administration"])
def test_the_pages_of_a_role_with_compulsory_second_factor_refuse_a_session_without_factor(
    client, home_of, settings, kind
):
    person, url = home_of(kind)
    client.force_login(person)
    settings.EXPLOR_DEMO = True
    assert client.get(url).status_code == 200
    settings.EXPLOR_DEMO = False
    assert client.get(url).url == "/compte/2fa/"
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0}]
    session.save()
    assert client.get(url).status_code == 200


def test_a_member_of_an_association_signs_in_without_second_factor(client, home_of, settings):
    settings.EXPLOR_DEMO = False
    person, url = home_of("association")
    client.force_login(person)
    assert client.get(url).status_code == 200


def test_an_officer_signs_in_with_a_password_and_a_second_factor(client, person, settings):
    settings.EXPLOR_DEMO = False
    url = f"/reseau/{OfficerFactory(person=person).network.slug}/"
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    assert Authenticator.objects.filter(user=person).count() == 1
    assert by_password(client, "awa@exemple.test", PASSWORD).url == "/compte/2fa/authenticate/"
    assert client.get(url).status_code == 302
    counter = next(totp.yield_hotp_counters_from_time())
    code = totp.format_hotp_value(totp.hotp_value(secret, counter))
    assert client.post("/compte/2fa/authenticate/", {"code": "000000"}).status_code == 200
    client.post("/compte/2fa/authenticate/", {"code": code})
    assert client.get(url).status_code == 200
    # A one-time code already used cannot open another session.
    thief = Client()
    by_password(thief, "awa@exemple.test", PASSWORD)
    thief.post("/compte/2fa/authenticate/", {"code": code})
    assert not signed_in(thief)


@pytest.mark.parametrize(
    "page", ["login/", "login/code/", "signup/", "password/reset/", "email/", "2fa/", "logout/"]
)
def test_the_sign_in_pages_are_in_french(client, person, page):
    if page in ("email/", "2fa/", "logout/"):
        client.force_login(person)
    answer = client.get(f"/compte/{page}")
    text = answer.content.decode()
    assert (answer.status_code, '<html lang="fr">' in text) == (200, True)
    assert not re.search(r"\b(Sign (In|Up)|Password|Request|Confirm this)\b", text)
