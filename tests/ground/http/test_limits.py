"""Request limits: a refusal keeps the typed values, and every concurrent request is counted."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from explor.ground.http import limits
from explor.ground.http.models import RequestCount
from factories import AssociationFactory, SheetFactory, association_actor, wearing

TITLE = "Un puits à Dosso"


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"sends": (3, 5), "uploads": (1, 1), "costly": (1, 1), "api": (0, 2)}
    monkeypatch.setattr(settings, "REQUEST_LIMITS", given)


def sender(address: str = "192.0.2.1", user: Any = None) -> HttpRequest:
    request = RequestFactory().post("/", REMOTE_ADDR=address)
    request.user = user or type("Nobody", (), {"is_authenticated": False, "pk": None})()
    return request


def waits(count: int, request: HttpRequest) -> list[bool]:
    return [limits.seconds_to_wait(request, "sends") > 0 for _ in range(count)]


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
def test_an_ip_address_may_send_requests_up_to_its_limit_then_waits_less_than_a_minute() -> None:
    assert waits(7, sender()) == [False] * 5 + [True] * 2
    assert 1 <= limits.seconds_to_wait(sender(), "sends") <= 60
    assert waits(1, sender("192.0.2.2")) == [False]


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
def test_the_count_of_requests_starts_again_after_a_minute() -> None:
    waits(6, sender())
    RequestCount.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert waits(1, sender()) == [False]
    assert RequestCount.objects.get().count == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
def test_request_counts_store_neither_the_person_nor_the_ip_address() -> None:
    limits.seconds_to_wait(sender("192.0.2.77"), "sends")
    assert "192.0.2.77" not in RequestCount.objects.get().key


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
def test_requests_from_all_machines_of_one_ipv6_network_are_counted_together() -> None:
    waits(5, sender("2001:db8::1"))
    assert waits(1, sender("2001:db8::2")) == [True]


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
def test_requests_are_counted_by_the_ip_address_that_the_declared_proxy_writes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    request = sender("10.0.0.1")
    request.META["HTTP_X_FORWARDED_FOR"] = "203.0.113.9, 198.51.100.4"
    assert limits.address_of(request) == "10.0.0.1"
    monkeypatch.setattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 1)
    assert limits.address_of(request) == "198.51.100.4"
    assert limits.address_of(sender("10.0.0.1")) == "10.0.0.1"


@pytest.mark.django_db(transaction=True)
def test_out_of_400_concurrent_requests_no_more_than_the_limit_pass(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "REQUEST_LIMITS", {"sends": (0, 5)})

    def send(_: int) -> bool:
        try:
            return limits.seconds_to_wait(sender(), "sends") == 0
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        passed = sum(pool.map(send, range(400)))
    assert passed == 5


def projects_of_somebody() -> tuple[Client, str]:
    association = AssociationFactory()
    client = wearing(association_actor(association))
    return client, f"/association/{association.slug}/projets/nouveau/"


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
def test_a_form_beyond_the_request_limit_is_shown_back_with_a_button_to_send_it_again() -> None:
    client, url = projects_of_somebody()
    for _ in range(3):
        client.post(url, {"title": ""})
    refused: HttpResponse = client.post(url, {"title": TITLE, "idempotency_key": str(uuid4())})
    page = refused.content.decode()
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert "Trop de demandes en peu de temps" in page
    assert f'name="title" value="{TITLE}"' in page
    RequestCount.objects.all().delete()
    key = page.split('name="idempotency_key" value="')[1].split('"')[0]
    assert client.post(url, {"title": TITLE, "idempotency_key": key}).status_code == 302


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
def test_requests_for_searches_and_exports_count_towards_a_limit_but_not_page_views() -> None:
    client, url = projects_of_somebody()
    listed = url.removesuffix("nouveau/")
    assert [client.get(listed).status_code for _ in range(4)] == [200] * 4
    assert RequestCount.objects.count() == 0
    assert [client.get(listed, {"q": "puits"}).status_code for _ in range(2)] == [200, 429]


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
def test_the_api_answers_429_in_json_beyond_the_request_limit() -> None:
    answers = [Client().get("/api/v1/reseaux") for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert "recommencez dans" in answers[2].json()["detail"]
    assert answers[2]["Retry-After"]


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
def test_a_request_for_a_cached_public_page_is_not_counted() -> None:
    assert [Client().get("/projets/", {"q": "eau"}).status_code for _ in range(3)] == [200] * 3
    assert RequestCount.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("length", ["", "0", "12", "999999999", "9" * 5000, "²", "-1"])
def test_any_content_length_header_counts_a_form_as_a_submission_or_an_upload(length: str) -> None:
    request = sender()
    request.META["CONTENT_LENGTH"] = length
    assert limits.kind_of(request, lambda: None) in (limits.SENDS, limits.UPLOADS)


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
def test_downloads_of_generated_public_files_are_counted_towards_a_limit() -> None:
    sheet = SheetFactory(slug="un-grenier")
    client = Client()
    answers = [client.get(f"/projets/{sheet.slug}.md").status_code for _ in range(2)]
    assert answers == [200, 429]
    assert client.get(f"/projets/{sheet.slug}/").status_code == 200
