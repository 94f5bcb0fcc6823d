"""No answer reveals whether an address has an account, by its content or its duration.

The durations are compared by what takes time: the digests of passwords, and the queries.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from explor.ground.accounts.actions import open_account
from explor.ground.mail.models import Message

pytestmark = pytest.mark.django_db
PASSWORD = "un-long-mot-de-passe"
QUERIES = 12  # of difference: less than 20 ms on a slow disk


@dataclass
class Cost:
    """What an answer cost, and what it showed."""

    digests: int
    queries: int
    shown: tuple[int, str, str]


@pytest.fixture
def digests(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Return a list that has one item more for each digest of a password computed."""
    made: list[int] = []
    encode = MD5PasswordHasher.encode

    def counted(self: Any, *args: Any, **given: Any) -> str:
        made.append(1)
        return encode(self, *args, **given)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    yield made


def cost(digests: list[int], path: str, typed: dict[str, str]) -> Cost:
    before, client = len(digests), Client()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.post(f"/compte/{path}", typed)
    page = client.get(answer.url) if answer.status_code == 302 else answer
    text = page.content.decode()
    for value in (*typed.values(), "csrfmiddlewaretoken"):
        text = text.replace(value, "")
    main = text.partition("<main")[2].partition("</main")[0]
    shown = (answer.status_code, answer.headers.get("Location", ""), _without_tokens(main))
    return Cost(len(digests) - before, len(queries), shown)


def _without_tokens(text: str) -> str:
    return " ".join(word for word in text.split() if not word.startswith("value="))


@pytest.fixture(params=["with a password", "without password", "closed"])
def known(request: pytest.FixtureRequest) -> str:
    person = open_account(email="awa@exemple.test", name="Awa Exemple")
    if request.param != "without password":
        person.set_password(PASSWORD)
    person.is_active = request.param != "closed"
    person.save()
    return person.email


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("login/", {"login": "", "password": "faux-mot-de-passe-7"}),
        ("login/code/", {"email": ""}),
        ("password/reset/", {"email": ""}),
        ("signup/", {"email": "", "name": "Bo Exemple"}),
        ("signup/", {"email": "", "name": "Bo Exemple", "password1": "cheval agrafe pile"}),
    ],
)
def test_sign_in_answers_are_equal_and_cost_the_same_for_known_and_unknown_addresses(
    known: str, digests: list[int], path: str, typed: dict[str, str]
) -> None:
    field = "login" if path == "login/" else "email"
    own, other = (
        cost(digests, path, typed | {field: email}) for email in (known, "personne@exemple.test")
    )
    assert own.shown == other.shown
    assert own.digests == other.digests
    assert abs(own.queries - other.queries) <= QUERIES
    if path != "login/":
        assert Message.objects.filter(to=known).count() == 1
