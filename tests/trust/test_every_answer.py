"""Every answer of every URL has the security headers that restrict what a browser may do."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import get_resolver, path

from explor.ground.http.exceptions import ActionNotAllowed
from explor.site.config import urls as own_urls

from .test_isolation import filled
from .world import Side, routes, side

ELSEWHERE = "https://ailleurs.test"
# What anybody may read from another site: the open API and the open data.
OPEN = ("/api/", "/donnees/")
FAULTS = {
    "400": SuspiciousOperation,
    "403": PermissionDenied,
    "404": Http404,
    "409": ActionNotAllowed,
    "500": ZeroDivisionError,
    "503": OperationalError,
}
SECRET = "mot-de-passe-de-la-base"


@login_not_required
def faulty(request: HttpRequest, status: str) -> HttpResponse:
    raise FAULTS[status](SECRET)


urlpatterns = [path("panne/<str:status>/", faulty), *own_urls.urlpatterns]
handler400, handler403 = own_urls.handler400, own_urls.handler403
handler404, handler500 = own_urls.handler404, own_urls.handler500


def faults_of(answer: Any, url: str) -> Iterator[str]:
    """Yield what is wrong with the headers of an answer."""
    policy = {
        each.partition(" ")[0]: each.partition(" ")[2]
        for each in answer.headers.get("Content-Security-Policy", "").split("; ")
    }
    if policy.get("default-src") != "'none'" or "unsafe" in str(policy):
        yield f"policy {policy}"
    whole = {"base-uri": "'none'", "object-src": "'none'", "frame-ancestors": "'none'"}
    if "sandbox" not in policy and not whole.items() <= policy.items():
        yield f"policy {policy}"
    if answer.headers.get("X-Content-Type-Options") != "nosniff":
        yield "sniffed"
    if answer.headers.get("Referrer-Policy") != "same-origin":
        yield "referrer"
    if answer.headers.get("Cross-Origin-Opener-Policy") != "same-origin":
        yield "opener"
    shared = answer.headers.get("Access-Control-Allow-Origin")
    if shared not in ((None, "*") if url.startswith(OPEN) else (None,)):
        yield f"shared with {shared}"
    if "Access-Control-Allow-Credentials" in answer.headers:
        yield "shared with credentials"
    kind = answer.headers.get("Content-Type", "")
    if kind.startswith("text/") and "charset=utf-8" not in kind:
        yield f"type {kind}"


@pytest.fixture
def own(db: None, unlogged: None, monkeypatch: pytest.MonkeyPatch) -> Side:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    return side("Amont")


def visits(own: Side) -> Iterator[tuple[Client, str]]:
    """Yield every URL with the client of whom it is for, or of a visitor."""
    clients = {role: Client(raise_request_exception=False) for role in own.people}
    for role, person in own.people.items():
        clients[role].force_login(person)
    visitor = Client(raise_request_exception=False)
    for route, _ in routes():
        for url in filled(route, own.keys, own.rows):
            yield clients.get(url.split("/")[1], visitor), url


def test_every_answer_has_a_strict_policy_and_is_shared_with_no_other_site(own: Side) -> None:
    faults, statuses = [], set()
    for client, url in visits(own):
        for method in ("get", "post"):
            answer = getattr(client, method)(url, headers={"origin": ELSEWHERE})
            statuses.add(answer.status_code)
            faults += [f"{method} {url}: {each}" for each in faults_of(answer, url)]
    assert faults == []
    assert statuses >= {200, 302, 403, 404, 405, 409, 422}


def test_no_form_is_accepted_without_its_csrf_token(own: Side) -> None:
    accepted, count = [], 0
    for client, url in visits(own):
        forged = Client(enforce_csrf_checks=True, raise_request_exception=False)
        forged.cookies = client.cookies
        answer = forged.post(url, {"title": "x"}, headers={"origin": ELSEWHERE})
        count += 1
        if answer.status_code not in (401, 403):  # 401: the devices of a mission book have a key
            accepted.append((url, answer.status_code))
    assert accepted == []
    assert count > 300


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("status", FAULTS)
@pytest.mark.usefixtures("db")
def test_an_error_page_has_the_same_security_headers_and_does_not_reveal_the_cause(
    status: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert get_resolver().url_patterns == urlpatterns
    monkeypatch.setattr(settings, "DEBUG", False)
    url = f"/panne/{status}/"
    answer = Client(raise_request_exception=False).get(url)
    assert answer.status_code == int(status)
    assert list(faults_of(answer, url)) == []
    text = answer.content.decode()
    logged = [record.getMessage() for record in caplog.records]
    assert any(url in each for each in logged) is True
    # The reasons of a refused act are written for whoever reads them.
    assert (SECRET in text, "Traceback" in text) == (status == "409", False)
