"""A page that shows a one-time message to one visitor is stored in no cache."""

import pytest
from django.test import Client

from factories import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("url", ["/", "/projets/"])
def test_a_public_page_that_shows_a_one_time_message_is_stored_in_no_cache(url: str) -> None:
    client = Client()
    client.force_login(MemberFactory().person)
    client.post("/compte/logout/")
    del client.cookies["sessionid"]  # as a browser does
    page = client.get(url)
    assert "Vous êtes déconnecté" in page.content.decode()
    assert (page.get("ETag"), page["Cache-Control"]) == (None, "private, no-store")
