"""HTTP headers: private pages are not cached, signing out clears the browser, no sensors."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from explor.ground.accounts.models import Session
from factories import MemberFactory, PersonFactory

pytestmark = pytest.mark.django_db
STORED_NOWHERE = "private, no-store"


@pytest.fixture
def signed_in() -> Client:
    client = Client()
    client.force_login(MemberFactory(organisation__slug="rives").person)
    return client


@pytest.mark.parametrize(
    "url",
    ["/", "/compte/?rester", "/association/rives/", "/association/autre/", "/projets/", "/absent/"],
)
def test_no_page_of_a_signed_in_session_is_stored_by_a_cache(signed_in: Client, url: str) -> None:
    assert signed_in.get(url)["Cache-Control"] == STORED_NOWHERE


@pytest.mark.parametrize(
    "url",
    [
        *("/compte/login/", "/compte/login/code/", "/compte/signup/", "/compte/password/reset/"),
        *("/compte/invitation/absent/", "/partenaire/absent/"),
    ],
)
def test_no_page_of_sign_in_or_of_a_personal_link_is_stored_by_a_cache(
    client: Client, url: str
) -> None:
    assert client.get(url)["Cache-Control"] == STORED_NOWHERE


def test_public_pages_are_still_revalidated_by_an_anonymous_browser(client: Client) -> None:
    page = client.get("/projets/")
    assert page["Cache-Control"] == "no-cache"
    assert client.get("/projets/", headers={"if-none-match": page["ETag"]}).status_code == 304


def test_signing_out_clears_the_caches_and_storage_of_the_browser(signed_in: Client) -> None:
    assert "Clear-Site-Data" not in signed_in.get("/compte/logout/")
    # No cookie of a parent domain is deleted: the one of the session is, by name.
    answer = signed_in.post("/compte/logout/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert (answer.cookies["sessionid"].value, answer["Cache-Control"]) == ("", STORED_NOWHERE)


@pytest.mark.parametrize("case", ["nobody", "ended", "another site"])
def test_the_browser_storage_is_cleared_only_when_a_signed_in_person_signs_out(
    case: str, signed_in: Client
) -> None:
    """Check that what a device keeps to send is lost neither by another site nor by a time out."""
    client = {"nobody": Client(), "ended": signed_in}.get(case, Client(enforce_csrf_checks=True))
    if case == "ended":
        Session.objects.update(expire_date=timezone.now())
    if case == "another site":
        client.cookies = signed_in.cookies
    answer = client.post("/compte/logout/")
    assert answer.status_code == (403 if case == "another site" else 302)
    assert "Clear-Site-Data" not in answer


@pytest.mark.parametrize("url", ["/", "/compte/login/", "/absent/", "/sante"])
def test_no_page_may_use_the_camera_or_the_position_of_the_browser(
    client: Client, url: str
) -> None:
    policy = client.get(url)["Permissions-Policy"]
    assert {"camera=()", "geolocation=()", "publickey-credentials-get=(self)"} <= set(
        policy.split(", ")
    )


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("", "https://explor.example/dispositif/"),
        ("securite@explor.example", "mailto:securite@explor.example"),
        ("https://explor.example/contact", "https://explor.example/contact"),
    ],
)
def test_the_security_contact_is_published_at_the_standard_url(
    client: Client, settings: Any, given: str, shown: str
) -> None:
    settings.EXPLOR_URL = "https://explor.example"
    settings.EXPLOR_SECURITY_CONTACT = given
    client.force_login(PersonFactory())
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"].startswith("text/plain")
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    expires = datetime.fromisoformat(fields.pop("Expires"))
    now = datetime.now(UTC)
    assert now + timedelta(days=170) < expires < now + timedelta(days=365)
    assert fields == {
        "Contact": shown,
        "Preferred-Languages": "fr, en",
        "Canonical": "https://explor.example/.well-known/security.txt",
    }
