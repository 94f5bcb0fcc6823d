"""The log names pages and people, and contains no secret that gives access."""

import logging
import re
from typing import Any

import pytest
import structlog
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from explor.ground.mail.models import Message
from explor.site.config.logs import SECRET_PLACES

SECRET = "Zk3-secret_of_24_letters"


def private_links(found: Any, before: str = "") -> list[str]:
    """Return the beginnings of the addresses of the views of secret links."""
    starts = []
    for each in found:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            starts += private_links(each.url_patterns, path)
        elif isinstance(each, URLPattern) and hasattr(each.callback, "is_private_link"):
            starts.append(path.partition("<")[0].rstrip("/"))
    return starts


def shown(record: logging.LogRecord) -> str:
    """Return a line as the log of the site writes it."""
    [formatter] = [
        each.formatter
        for each in logging.getLogger().handlers
        if isinstance(each.formatter, structlog.stdlib.ProcessorFormatter)
    ]
    return formatter.format(record)


def test_every_url_with_a_secret_is_among_the_urls_that_the_log_hides() -> None:
    links = set(private_links(get_resolver().url_patterns))
    assert links and links <= set(SECRET_PLACES)


@pytest.mark.parametrize("place", SECRET_PLACES)
@pytest.mark.parametrize("text", ["GET /{}/", "/{}/suite/?a=1", "/compte/login/?next=/{}/"])
def test_no_line_of_the_log_contains_the_secret_of_a_link(place: str, text: str) -> None:
    path = text.format(f"{place}/{SECRET}")
    quoted = path.replace("/", "%2F")
    try:
        raise ValueError(path)
    except ValueError as fault:
        error = (ValueError, fault, fault.__traceback__)
    given = ("x", logging.ERROR, "", 1)
    lines = [
        shown(logging.LogRecord(*given, path, (), None)),
        shown(logging.LogRecord(*given, quoted, (), None)),
        shown(logging.LogRecord(*given, "%s", (path,), error)),
        shown(logging.LogRecord(*given, {"event": "a", "request": path}, (), None)),
    ]
    assert [SECRET in line for line in lines] == [False] * 4
    assert [place.partition("/")[0] in line for line in lines] == [True] * 4


@pytest.mark.django_db
def test_a_refused_request_of_a_secret_link_is_logged_without_its_secret(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    for place in SECRET_PLACES:
        client.get(f"/{place}/{SECRET}/besoin/")
    lines = [shown(record) for record in caplog.records]
    assert len(lines) >= len(SECRET_PLACES)
    assert [line for line in lines if SECRET in line] == []


@pytest.mark.django_db
def test_signing_in_and_up_write_no_password_code_nor_address_in_the_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    password, email = "cheval agrafe pile", "awa-secrete@exemple.test"
    typed = {"email": email, "name": "Awa Exemple", "password1": password}
    client.post("/compte/signup/", typed)
    code = re.findall(r"^\s*([A-Z0-9-]{6,})\s*$", Message.objects.latest("pk").body, re.M)[0]
    client.post("/compte/confirm-email/", {"code": "AAAAAA"})
    client.post("/compte/confirm-email/", {"code": code})
    client.post("/compte/logout/")
    client.post("/compte/login/", {"login": email, "password": "faux-mot-de-passe"})
    client.post("/compte/login/", {"login": email, "password": password})
    key = client.session.session_key
    client.get("/absent/")
    logged = "\n".join(shown(record) for record in caplog.records if record.name != "faker")
    written = [each for each in (password, "faux-mot-de-passe", code, key, email) if each in logged]
    assert (written, "/absent/" in logged) == ([], True)
