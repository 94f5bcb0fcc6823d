"""Sixteen people, every HTTP method, every URL: rows of others look as if they did not exist."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from explor.actors.networks.models import Network
from explor.ground.accounts.actions import open_link
from explor.ground.accounts.models import Person
from explor.ground.http.actor import SYSTEM
from explor.journey.needs.models import Need
from factories import OfficerFactory
from support.soak import length

from .test_isolation import FINE, OF_EVERYONE, content_of, foreign_urls
from .world import Side, overseers, routes, side

VERBS = ("get", "head", "options", "post", "put", "patch", "delete")
SEED = 20261130
# Headers that differ between two answers to one request.
OWN = ("X-Request-ID", "Date")


def actors(one: Side, other: Side) -> dict[str, tuple[Client, Side, Side]]:
    """Return sixteen browsers by name, each with the side of its person and that of the others."""
    people: dict[str, tuple[Person, Side, Side]] = {}
    for number, (own, foreign) in enumerate(((one, other), (other, one)), 1):
        for role in ("association", "expert", "employeur", "reseau"):
            people[f"{role} {number}"] = own.people[role], own, foreign
        network = Network.objects.get(slug=own.keys["reseau"])
        people[f"reseau {number} bis"] = OfficerFactory(network=network).person, own, foreign
    people["comite"] = one.people["comite"], one, other
    people |= {role: (person, one, other) for role, (person, _) in overseers().items()}
    made = {name: (signed_in(who), own, foreign) for name, (who, own, foreign) in people.items()}
    return {**made, "anonymous": (Client(), one, other), "partner": (partner(one), one, other)}


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def partner(own: Side) -> Client:
    """Return the browser of a field partner who has opened a personal link."""
    client = Client()
    need = Need.objects.get(pk=own.rows["besoins"])
    secret = open_link(need, name="Hanta", email="hanta@exemple.test", by=SYSTEM)
    assert client.get(f"/partenaire/{secret}/besoin/").status_code == 200
    return client


def ask(client: Client, verb: str, url: str) -> HttpResponse:
    """Send one request with the session as it was at first, and undo what it did."""
    fresh = Client(raise_request_exception=False)
    fresh.cookies.update(client.cookies)
    with transaction.atomic():
        answer: HttpResponse = getattr(fresh, verb)(url)
        transaction.set_rollback(True)
    return answer


def seen(answer: HttpResponse, url: str) -> tuple[Any, ...]:
    """Return all that an answer shows, headers included, but the address that was asked for."""
    headers = {
        name: value.replace(url, "URL") for name, value in answer.headers.items() if name not in OWN
    }
    return answer.status_code, headers, content_of(answer).replace(url.encode(), b"URL")


def faults(
    name: str, client: Client, foreign: Side, urls: list[tuple[str, str, str]]
) -> Iterator[str]:
    for route, url, absent in urls:
        for verb in VERBS:
            answer = ask(client, verb, url)
            shown = seen(answer, url)
            everyone = name == "administration" and url.startswith(OF_EVERYONE)
            if foreign.secret in f"{shown[1]}{shown[2].decode(errors='replace')}" and not everyone:
                yield f"{name} {verb} {url}: leak"
            if answer.status_code not in {*FINE, *([204] if verb == "options" else [])}:
                yield f"{name} {verb} {url}: {answer.status_code}"
            if everyone or "int:" not in route or verb == "post":
                continue
            if shown != seen(ask(client, verb, absent), absent):
                yield f"{name} {verb} {url}: foreign and absent differ"


@pytest.mark.soak
def test_sixteen_people_learn_nothing_about_rows_of_others_by_any_http_method(
    db: None,
    unlogged: None,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    one, other = side("Amont"), side("Aval")
    found, asked, dice = [], Counter[str](), random.Random(SEED)
    everybody = actors(one, other)
    assert len(everybody) == 16
    for name, (client, own, foreign) in everybody.items():
        urls = list(foreign_urls((route for route, _ in routes()), own, foreign))
        dice.shuffle(urls)
        urls = urls[: length(3, len(urls))]
        asked[name] += len(urls)
        found += faults(name, client, foreign, urls)
    assert found == []
    record_property(
        "figure",
        f"{len(asked)} people, {len(VERBS)} verbs, {asked.total()} addresses of others:"
        f" {asked.total() * len(VERBS)} answers, 0 word of others, headers as for absent rows",
    )
