"""No page of the account redirects to another site, whatever the URL that opened it."""

import pytest
from django.test import Client

from explor.ground.accounts.actions import open_account
from explor.ground.accounts.models import Person
from explor.ground.mail.models import Message

from .test_sign_in import PASSWORD, by_password, code_in

pytestmark = pytest.mark.django_db
ELSEWHERE = ("//ailleurs.test", "https://ailleurs.test", "/\\ailleurs.test", "///ailleurs.test")


@pytest.fixture
def person() -> Person:
    made = open_account(email="awa@exemple.test", name="Awa Exemple")
    made.set_password(PASSWORD)
    made.save()
    return made


@pytest.mark.parametrize("after", [*ELSEWHERE, "javascript:alert(1)", "/\t/ailleurs.test"])
def test_signing_in_and_signing_out_never_redirect_to_another_site(
    person: Person, after: str
) -> None:
    client, typed = Client(), {"login": person.email, "password": PASSWORD, "next": after}
    assert client.post("/compte/login/", typed).url == "/compte/"
    again = client.post("/compte/reauthenticate/", {"password": PASSWORD, "next": after})
    assert again.url == "/compte/"
    assert client.post("/compte/logout/", {"next": after}).url == "/"
    client.post("/compte/login/code/", {"email": person.email, "next": after})
    code = code_in(Message.objects.latest("pk"))
    entered = client.post("/compte/login/code/confirm/", {"code": code, "next": after})
    assert entered.url == "/compte/"


@pytest.mark.parametrize("after", ["/compte/sessions/", "/projets/?q=eau"])
def test_signing_in_redirects_to_the_page_of_this_site_that_required_the_sign_in(
    person: Person, after: str
) -> None:
    typed = {"login": person.email, "password": PASSWORD, "next": after}
    assert Client().post("/compte/login/", typed).url == after


def test_the_page_to_resend_a_kept_form_redirects_to_the_account_when_no_form_is_kept(
    person: Person,
) -> None:
    by_password(client := Client(), person.email, PASSWORD)
    assert client.get("/compte/reprise/").url == "/compte/"
