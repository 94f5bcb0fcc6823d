"""Change of e-mail address: asked by its owner, verified, notified to the former address."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from explor.actors.member_imports.models import MemberImport, MemberLine
from explor.ground.accounts.actions import open_account
from explor.ground.accounts.models import Person
from explor.ground.mail.models import BadAddress, Message
from explor.journey.takeovers.models import Takeover, TakeoverLine
from factories import NetworkFactory

from .test_second_factor import by_code
from .test_sign_in import code_in

pytestmark = pytest.mark.django_db
PASSWORD = "un-long-mot-de-passe"
NEW = {"email": "neuve@exemple.test", "action_add": ""}


@pytest.fixture
def person() -> Person:
    return open_account(email="awa@exemple.test", name="Awa Exemple")


def signed_in(person: Person, *, minutes_ago: int = 0) -> Client:
    client = Client()
    by_code(client, person)
    session = client.session
    session["opened_at"] -= minutes_ago * 60
    session.save()
    Message.objects.all().delete()
    return client


def last_message(to: str) -> Message:
    return Message.objects.filter(to=to).latest("pk")


def test_a_new_email_address_is_used_once_verified_and_the_former_address_is_notified(
    person: Person,
) -> None:
    client = signed_in(person)
    client.post("/compte/email/", NEW)
    person.refresh_from_db()
    assert person.email == "awa@exemple.test"
    client.post("/compte/confirm-email/", {"code": code_in(last_message("neuve@exemple.test"))})
    person.refresh_from_db()
    assert person.email == "neuve@exemple.test"
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
        ("neuve@exemple.test", True, True)
    ]
    told = last_message("awa@exemple.test")
    assert (told.kind, "neuve@exemple.test" in told.body) == ("account.email_changed", True)


def test_changing_an_email_address_also_forgets_that_messages_to_the_former_one_bounced(
    person: Person,
) -> None:
    """A person often changes their address because messages to it bounced."""
    client = signed_in(person)
    for email in ("awa@exemple.test", "bo@exemple.test"):
        BadAddress.objects.create(email=email, reason="550")
    client.post("/compte/email/", NEW)
    assert BadAddress.objects.count() == 2
    client.post("/compte/confirm-email/", {"code": code_in(last_message("neuve@exemple.test"))})
    assert list(BadAddress.objects.values_list("email", flat=True)) == ["bo@exemple.test"]


def test_imported_lines_of_a_person_get_the_new_email_address_when_it_changes(
    person: Person,
) -> None:
    line = {"number": 1, "email": "Awa@exemple.test"}
    member = MemberLine.objects.create(
        batch=MemberImport.objects.create(network=NetworkFactory(), what="expert"), **line
    )
    mission = TakeoverLine.objects.create(
        batch=Takeover.objects.create(network=NetworkFactory(), what="missions"), **line
    )
    client = signed_in(person)
    client.post("/compte/email/", NEW)
    client.post("/compte/confirm-email/", {"code": code_in(last_message("neuve@exemple.test"))})
    for row in (member, mission):
        row.refresh_from_db()
        assert row.email == "neuve@exemple.test"


def test_a_person_with_a_password_types_the_password_again_before_changing_address(
    person: Person,
) -> None:
    client = signed_in(person)
    person.set_password(PASSWORD)
    person.save()
    client.force_login(person)
    asked = client.post("/compte/email/", NEW)
    assert asked.url == "/compte/reauthenticate/?next=%2Fcompte%2Femail%2F"
    assert EmailAddress.objects.count() == 1
    wrong = client.post(asked.url, {"password": "faux-mot-de-passe"})
    assert (wrong.status_code, Message.objects.count()) == (200, 0)
    client.post(asked.url, {"password": PASSWORD, "next": "/compte/email/"})
    assert Message.objects.get().to == "neuve@exemple.test"


def test_changing_address_requires_a_recent_sign_in_for_a_person_who_uses_emailed_codes(
    person: Person,
) -> None:
    client = signed_in(person, minutes_ago=16)
    asked = client.post("/compte/email/", NEW)
    assert asked.url == "/compte/reconnexion/?next=%2Fcompte%2Femail%2F"
    assert Message.objects.count() == 0
    page = client.get(asked.url).content.decode()
    after = "/compte/login/?next=%2Fcompte%2Femail%2F"
    assert f'value="{after}"' in page
    assert client.post("/compte/logout/", {"next": after}).url == after


def test_signing_in_again_never_redirects_to_another_site(person: Person) -> None:
    client = signed_in(person)
    page = client.get("/compte/reconnexion/?next=//ailleurs.example/").content.decode()
    assert "ailleurs" not in page.split("<main")[1].split("</main")[0]


@pytest.mark.parametrize("path", ["2fa/totp/activate/", "2fa/webauthn/add/", "password/set/"])
def test_setting_a_second_factor_or_a_password_requires_signing_in_again(
    person: Person, path: str
) -> None:
    client = signed_in(person, minutes_ago=16)
    asked = client.get(f"/compte/{path}")
    assert asked.url.startswith("/compte/reconnexion/?next=")
    if path != "password/set/":
        person.set_password(PASSWORD)
        person.save()
        client.force_login(person)
        assert client.get(f"/compte/{path}").url.startswith("/compte/reauthenticate/?next=")
