"""Every answer of every status has a strict content security policy; no page has inline code.

`support.tripwires` checks the header of each answer of each test; these tests check all pages in
one run, and the answers that need a fault: too large, too many, no database, a broken page.
"""

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import Client

from factories import OfficerFactory
from support.keys import KeylessClient
from support.policy import INLINE, faults_of
from support.soak import length

from .forms import pages_of
from .test_isolation import content_of
from .world import side

SEED = 20261130


def wrong(answer: HttpResponse) -> list[str]:
    """Return what is wrong in the policy of an answer, and its inline code."""
    faults = faults_of(answer.get("Content-Security-Policy"))
    if "html" in answer.get("Content-Type", ""):
        faults += INLINE.findall(content_of(answer).decode())
    return faults


@pytest.mark.parametrize(
    ("policy", "faults"),
    [
        (None, ["no policy"]),
        ("default-src 'none'; sandbox", []),
        ("default-src 'none'; sandbox allow-scripts", ["base-uri", "frame-ancestors"]),
        ("default-src 'self'", ["default-src", "base-uri"]),
    ],
)
def test_the_check_detects_a_content_security_policy_that_is_too_lax(
    policy: str | None, faults: list[str]
) -> None:
    assert faults_of(policy)[: len(faults)] == faults
    assert bool(faults_of(policy)) == bool(faults)


@pytest.mark.django_db
def test_the_check_detects_a_content_security_policy_that_allows_inline_code(
    client: Client,
) -> None:
    policy = client.get("/sante")["Content-Security-Policy"]
    assert faults_of(policy) == []
    lax = policy.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
    assert faults_of(lax) == ["script-src"]
    assert faults_of(f"{policy}; worker-src blob:") == ["worker-src"]


@pytest.mark.soak
def test_every_page_has_a_strict_content_security_policy_and_no_inline_code(
    db: None,
    unlogged: None,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    pages = pages_of(side("Amont"))
    random.Random(SEED).shuffle(pages)
    statuses, faults = Counter[int](), []
    for page in pages[: length(40, len(pages))]:
        for method in ("get", "post", "put"):
            with transaction.atomic():
                answer = getattr(page.client, method)(page.url)
                transaction.set_rollback(True)
            statuses[answer.status_code] += 1
            faults += [
                f"{method} {page.url} {answer.status_code}: {each}" for each in wrong(answer)
            ]
    assert faults == []
    met = ", ".join(f"{count} x {status}" for status, count in sorted(statuses.items()))
    record_property("figure", f"{statuses.total()} answers, all with a strict policy ({met})")


def broken(*args: Any, **kwargs: Any) -> None:
    raise RuntimeError("a fault of a page")


def away(*args: Any, **kwargs: Any) -> None:
    raise OperationalError("the connection is lost")


@pytest.mark.django_db
def test_every_status_code_errors_included_has_a_strict_content_security_policy(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    client = Client(raise_request_exception=False)
    guarded = Client(raise_request_exception=False, enforce_csrf_checks=True)
    officer = Client(raise_request_exception=False)
    officer.force_login(OfficerFactory(network__slug="alizes").person)
    keyless = KeylessClient(raise_request_exception=False)
    keyless.cookies = officer.cookies
    etag = client.get("/projets/")["ETag"]
    answers = {
        200: client.get("/"),
        302: client.get("/reseau/alizes/"),
        304: client.get("/projets/", headers={"if-none-match": etag}),
        400: client.get("/", headers={"host": "a b"}),
        403: guarded.post("/compte/login/", {"login": "a"}),
        404: client.get("/nulle-part/"),
        405: client.put("/projets/"),
        422: keyless.post("/reseau/alizes/appels/nouveau/", {"title": "Eau"}),
    }
    settings.BODY_LIMIT = 10
    answers[413] = officer.post("/compte/login/", {"login": "a" * 100})
    settings.REQUEST_LIMITS = {"costly": (1, 1), "sends": (1, 1), "uploads": (1, 1), "api": (1, 1)}
    answers[429] = [client.get("/api/v1/reseaux") for _ in range(2)][1]
    with connection.execute_wrapper(broken):
        answers[500] = officer.get("/reseau/alizes/")
    with connection.execute_wrapper(away):
        answers[503] = client.get("/")
    assert {status: answer.status_code for status, answer in answers.items()} == {
        status: status for status in answers
    }
    assert {status: wrong(answer) for status, answer in answers.items() if wrong(answer)} == {}


def test_a_static_file_has_a_strict_content_security_policy(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "dessin.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    settings.STATIC_ROOT, settings.WHITENOISE_AUTOREFRESH = str(tmp_path), True
    answer = Client().get(staticfiles_storage.url("dessin.svg"))
    assert (answer.status_code, wrong(answer)) == (200, [])


def test_the_redirection_to_https_has_a_strict_content_security_policy(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    answer = Client().get("/projets/")
    assert (answer.status_code, wrong(answer)) == (301, [])
