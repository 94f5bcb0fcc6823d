"""The log names pages and people, and holds no secret by which to enter."""

import logging
from typing import Any

import pytest
import structlog
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

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


def test_every_secret_link_is_among_the_addresses_that_the_log_hides() -> None:
    links = set(private_links(get_resolver().url_patterns))
    assert links and links <= set(SECRET_PLACES)


@pytest.mark.parametrize("place", SECRET_PLACES)
@pytest.mark.parametrize("text", ["GET /{}/", "/{}/suite/?a=1", "/compte/login/?next=/{}/"])
def test_no_line_of_the_log_holds_the_secret_of_a_link(place: str, text: str) -> None:
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
