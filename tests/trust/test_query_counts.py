"""Lists run the same number of queries with 40 rows as with 10, and at most 25."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from explor.actors.experts.models import Consent
from explor.journey.needs.models import Need
from factories import (
    AssociationFactory,
    DecisionFactory,
    EmployerFactory,
    ExpertFactory,
    MemberFactory,
    MissionFactory,
    NetworkFactory,
    OfficerFactory,
    SheetFactory,
)

LIMIT = 25


@pytest.fixture
def house(db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return a network, an association and an employer, with a signed-in client for each."""
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    network = NetworkFactory()
    association = AssociationFactory(network=network)
    employer = EmployerFactory(network=network)
    people = {
        "reseau": OfficerFactory(network=network).person,
        "association": MemberFactory(organisation=association).person,
        "employeur": MemberFactory(organisation=employer).person,
    }
    clients = {}
    for role, person in people.items():
        clients[f"as {role}"] = Client()
        clients[f"as {role}"].force_login(person)
    return {"network": network, "association": association, "employer": employer, **clients}


def fill(house: dict[str, Any], count: int) -> None:
    """Create `count` organisations, experts, needs before the committee, missions and sheets."""
    network, association, employer = (house[k] for k in ("network", "association", "employer"))
    same = {"network": network, "association": association}
    for _ in range(count):
        expert = ExpertFactory(network=network, employer=employer)
        MissionFactory(
            release__proposal__decision__need__network=network,
            release__proposal__decision__need__association=association,
            release__proposal__expert=expert,
        )
        DecisionFactory(need__state="admissible", **{f"need__{k}": v for k, v in same.items()})
        SheetFactory(network=network)
        AssociationFactory(network=network, state="registered")
    assert Consent.objects.filter(network=network).count() >= count
    assert Need.objects.filter(network=network).count() >= 2 * count


PAGES = [
    ("reseau", "/reseau/{network}/"),
    ("reseau", "/reseau/{network}/besoins/"),
    ("reseau", "/reseau/{network}/missions/"),
    ("reseau", "/reseau/{network}/recherches/"),
    ("reseau", "/reseau/{network}/organisations/"),
    ("reseau", "/reseau/{network}/expertises/"),
    ("reseau", "/reseau/{network}/egalite/"),
    ("reseau", "/reseau/{network}/fiches/"),
    ("reseau", "/reseau/{network}/appels/"),
    ("association", "/association/{association}/"),
    ("association", "/association/{association}/besoins/"),
    ("association", "/association/{association}/missions/"),
    ("association", "/association/{association}/projets/"),
    ("employeur", "/employeur/{employer}/"),
    ("employeur", "/employeur/{employer}/mises-a-disposition/"),
    ("employeur", "/employeur/{employer}/missions/"),
    ("employeur", "/employeur/{employer}/collegues/"),
    ("reseau", "/projets/"),
    ("reseau", "/missions/"),
    ("reseau", "/"),
]
FILES = ["besoins", "missions", "recherches", "organisations", "expertises", "fiches", "appels"]
PAGES += [("reseau", f"/reseau/{{network}}/{each}/?format=xlsx") for each in FILES]


def counted(house: dict[str, Any]) -> dict[str, int]:
    slugs = {name: house[name].slug for name in ("network", "association", "employer")}
    found = {}
    Client().get("/projets/")  # the first visit to the directory caches the new revision
    for role, route in PAGES:
        url = route.format(**slugs)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert house[f"as {role}"].get(url).status_code == 200, url
        found[f"{role} {route}"] = len(queries)
    return found


def test_each_list_runs_no_more_queries_with_40_rows_than_with_10(
    house: dict[str, Any], run_jobs: Callable[[], list[str]]
) -> None:
    fill(house, 10)
    few = counted(house)
    fill(house, 30)
    many = counted(house)
    assert min(few.values()) > 0
    assert {page: n for page, n in many.items() if n > few[page]} == {}
    assert {page: n for page, n in many.items() if n > LIMIT} == {}
