"""Beyond the capacity of a process, requests wait or are refused, except health checks."""

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from threading import Barrier, Event
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from explor.ground.http import errors, overload
from explor.site.config.limits import REQUESTS_AT_ONCE, THREADS

RUNNING, WAITING = 2, 1
LONG = 20  # seconds; nothing here lasts as long
Ask = Callable[..., "Future[HttpResponseBase]"]


@pytest.fixture
def gate() -> Event:
    """The event that lets the running requests end."""
    return Event()


@pytest.fixture
def ask(settings: Any, gate: Event) -> Iterator[Ask]:
    """Ask pages to a site of two requests at once; return when the first two are running."""
    settings.REQUESTS_AT_ONCE = (RUNNING, WAITING)
    started = Barrier(RUNNING + 1)

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path == "/lente/":
            started.wait(LONG)
            gate.wait(LONG)
        return HttpResponse(request.path)

    site, make = overload.OverloadMiddleware(answer), RequestFactory()
    with ThreadPoolExecutor(RUNNING + WAITING + 2) as threads:

        def ask(path: str, **typed: Any) -> "Future[HttpResponseBase]":
            request = make.post(path, typed) if typed else make.get(path)
            return threads.submit(site, request)

        slow = [ask("/lente/") for _ in range(RUNNING)]
        started.wait(LONG)
        yield ask
        gate.set()
        assert [each.result(LONG).status_code for each in slow] == [200] * RUNNING


def test_the_health_check_answers_while_all_request_slots_are_taken(ask: Ask) -> None:
    checks = [ask(path) for path in ("/sante", "/sante/pret")]
    assert [each.result(LONG).status_code for each in checks] == [200, 200]


def test_a_request_waits_for_a_free_slot_and_is_then_answered(ask: Ask, gate: Event) -> None:
    waiting = ask("/projets/")
    gate.set()
    assert waiting.result(LONG).status_code == 200


def test_a_request_beyond_the_length_of_the_queue_is_refused_at_once(
    ask: Ask, gate: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overload, "PATIENCE", LONG)
    both = [ask("/projets/"), ask("/missions/")]
    refused, waiting = wait(both, LONG, FIRST_COMPLETED)
    assert [each.result().status_code for each in refused] == [503]
    gate.set()
    assert [each.result(LONG).status_code for each in waiting] == [200]


def test_only_one_refused_form_is_read_at_a_time_to_leave_a_thread_for_the_health_check(
    ask: Ask, gate: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(request: HttpRequest) -> list[tuple[str, str]]:
        gate.wait(LONG)
        return []

    monkeypatch.setattr(overload, "PATIENCE", LONG)
    monkeypatch.setattr(errors, "typed_values", slowly)
    forms = [ask("/besoins/", title="Puits") for _ in range(WAITING + 2)]
    refused, held = wait(forms, 5, FIRST_COMPLETED)
    assert [each.result().status_code for each in refused] == [503]
    assert ask("/sante").result(LONG).status_code == 200
    gate.set()
    assert sorted(each.result(LONG).status_code for each in held) == [200, 503]


def test_a_form_that_waits_too_long_for_a_slot_is_shown_back_with_the_typed_values(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overload, "PATIENCE", 0.05)
    refused: Any = ask("/besoins/", title="Réparer les fontaines").result(LONG)
    assert (refused.status_code, int(refused["Retry-After"]) > 0) == (503, True)
    assert "Réparer les fontaines" in refused.content.decode()


def test_the_file_of_a_form_refused_by_overload_is_stored_nowhere(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overload, "PATIENCE", 0.05)
    file = SimpleUploadedFile("acte.pdf", bytes(3_000_000))  # kept in memory when it is smaller
    stored: list[Any] = []
    monkeypatch.setattr(TemporaryUploadedFile, "__init__", lambda *a, **k: stored.append(a))
    refused: Any = ask("/verifier/", title="Acte", file=file).result(LONG)
    assert (refused.status_code, stored) == (503, [])
    assert "Acte" in refused.content.decode()


def test_a_request_slot_is_released_when_a_page_raises_an_error(settings: Any) -> None:
    settings.REQUESTS_AT_ONCE = (1, 0)

    def fail(request: HttpRequest) -> HttpResponse:
        raise ZeroDivisionError

    site = overload.OverloadMiddleware(fail)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            site(RequestFactory().get("/"))


def test_the_server_has_threads_reserved_for_the_health_check() -> None:
    assert sum(REQUESTS_AT_ONCE) < THREADS
