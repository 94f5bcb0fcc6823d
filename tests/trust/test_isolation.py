"""Every URL, requested under every role, leaks no row of another network and never fails."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from zlib import crc32

import pytest
from django.conf import settings
from django.test import Client

from support.soak import SOAK

from .world import ABSENT, Side, overseers, routes, side

# On these pages, administrators may see the names of the accounts of every network.
OF_EVERYONE = "/administration/"
# An amount that is not formatted in French, such as « 350.00 € ».
RAW_AMOUNT = re.compile(rb"\d\.\d\d(?:\s|&nbsp;|\xc2\xa0|\xe2\x80\xaf)*(?:\xe2\x82\xac|EUR\b)")
FINE = {200, 302, 401, 403, 404, 405, 409, 410, 422}  # 401: without the key of a device
# The values of URL arguments that are not primary keys.
WORDS = {
    "verdict": ("defavorable",),
    "verb": ("recevable", "clear"),
    "party": ("expert",),
    "network": ("absent",),
    "kind": ("association",),
    "digest": ("absent",),
    "slug": ("absent",),
    "secret": ("absent",),
    "link": ("absent",),
    "code": ("ABSENT",),
    "country": ("MG",),
    "zone": ("V",),
    "token": ("absent",),
    "form": ("pdf",),
    "scheme": ("mcp",),
    "paper": ("absent",),
    "clause": ("absent",),
    "section": ("fiches",),
    "table": ("schemes",),
    "line": ("ABSENT",),
    "field": ("valid_to",),
    "nom": ("absent",),
    "name": ("absent.csv",),
}


@pytest.fixture
def sides(db: None, unlogged: None, monkeypatch: pytest.MonkeyPatch) -> tuple[Side, Side]:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    return side("Amont"), side("Aval")


def filled(route: str, keys: dict[str, str], rows: dict[str, int] | None) -> Iterator[str]:
    """Yield the URL of a route for `rows`; if None, with primary keys that no row has."""
    url = route
    while found := re.search(r"([^/]*)/?<(\w+):(\w+)>", url):
        before, converter, name = found.groups()
        if name == "key":
            value = keys.get(before, "absent")
        elif converter == "int":
            value = str(ABSENT if rows is None else rows[before])
        else:
            value = WORDS[name][0]
        url = url[: found.start(2) - 1] + value + url[found.end() :]
    yield "/" + url


def routes_of(role: str) -> list[str]:
    """Return the routes that a role requests in this run.

    They are all its own pages, and one in four of the pages of others, which the decorator of the
    role answers; all of them under `EXPLOR_SOAK=1`.
    """
    return [
        route
        for route, _ in routes()
        if SOAK or route.partition("/")[0] == role or crc32(f"{role} {route}".encode()) % 4 == 0
    ]


def foreign_urls(
    requested: Iterable[str], own: Side, foreign: Side
) -> Iterator[tuple[str, str, str]]:
    """Yield each requested route with its URL for foreign rows, once, and that for absent rows."""
    seen = set()
    for route in requested:
        for keys, rows in ((own.keys, foreign.rows), (foreign.keys, foreign.rows)):
            for url in filled(route, keys, rows):
                if url not in seen:
                    seen.add(url)
                    yield route, url, next(filled(route, keys, None))


def content_of(response: Any) -> bytes:
    return b"".join(response) if response.streaming else response.content


def answers(client: Client, url: str) -> Iterator[tuple[str, int, bytes, bytes]]:
    for method in ("get", "post"):
        response = getattr(client, method)(url)
        yield method, response.status_code, content_of(response), repr(response.headers).encode()


def test_no_role_can_read_a_row_of_another_network(sides: tuple[Side, Side]) -> None:
    """Check that foreign rows answer exactly like absent ones and that no secret word leaks."""
    own, foreign = sides
    faults, count = [], 0
    for role, person in own.people.items():
        client = Client(raise_request_exception=False)
        client.force_login(person)
        absences: dict[str, bytes] = {}
        for route, url, absent in foreign_urls(routes_of(role), own, foreign):
            for method, status, body, headers in answers(client, url):
                count += 1
                if foreign.secret.encode() in body + headers:
                    faults.append(f"{role} {method} {url}: leak")
                if status not in FINE:
                    faults.append(f"{role} {method} {url}: {status}")
                if "int:" not in route or method == "post":
                    continue
                if status == 200:
                    faults.append(f"{role} {url}: foreign row served")
                if absent not in absences:
                    absences[absent] = content_of(client.get(absent))
                if body != absences[absent]:
                    faults.append(f"{role} {url}: foreign and absent differ")
    assert faults == []
    assert count > 1000


def test_each_role_opens_every_page_of_its_own_rows_without_error(sides: tuple[Side, Side]) -> None:
    """Request every URL under each role: no server error, foreign row or unformatted amount."""
    own, foreign = sides
    faults = []
    people = {role: (person, own.keys.get(role, "")) for role, person in own.people.items()}
    for role, (person, key) in {**people, **overseers()}.items():
        client = Client(raise_request_exception=False)
        client.force_login(person)
        for route in routes_of(role):
            keys = {**own.keys, role: key} if key else own.keys
            for url in filled(route, keys, own.rows):
                for method, status, body, headers in answers(client, url):
                    if status not in FINE:
                        faults.append(f"{role} {method} {url}: {status}")
                    if raw := RAW_AMOUNT.search(body):
                        faults.append(f"{role} {method} {url}: {raw[0].decode()}")
                    everyone = role == "administration" and url.startswith(OF_EVERYONE)
                    if foreign.secret.encode() in body + headers and not everyone:
                        faults.append(f"{role} {method} {url}: leak")
    assert faults == []


def test_private_pages_redirect_anonymous_visitors_to_sign_in(sides: tuple[Side, Side]) -> None:
    """Check that, without signing in, private pages redirect and public ones show no secret."""
    own, _ = sides
    faults = []
    for route, chain in routes():
        for url in filled(route, own.keys, own.rows):
            response = Client(raise_request_exception=False).get(url)
            private = getattr(chain[-1].callback, "login_required", True)
            expected = {302} if private else FINE - {409, 422}
            if response.status_code not in expected or own.secret.encode() in response.content:
                faults.append(f"{url}: {response.status_code}")
    assert faults == []
