"""The page of leave schemes for the coordination, and its tasks about schemes that end soon."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from explor.actors.networks.models import Coordinator
from explor.engines.leave import CODES, SCHEMES, months_after
from explor.engines.leave.law import Scheme
from explor.ground.http.actor import Actor
from explor.ground.ui.parts import Task, tasks_of
from factories import NetworkFactory, PersonFactory, officer_actor

pytestmark = pytest.mark.django_db
Sessions = Callable[[Actor], Client]
DAY = timedelta(days=1)


def coordinator() -> Actor:
    person = PersonFactory()
    row = Coordinator.objects.create(person=person)
    return Actor(person=person.pk, name=person.name, role="coordination", scope=row.pk)


def dated(monkeypatch: pytest.MonkeyPatch, **ends: tuple[date, date | None]) -> dict[str, Scheme]:
    """Replace the legal ends of all schemes by `ends`, and return the schemes by code.

    Args:
        ends: for each code, the last day, and the doubtful last day or None.
    """
    schemes = {
        each.code: replace(
            each,
            valid_to=ends.get(each.code, (None, None))[0],
            doubtful_to=ends.get(each.code, (None, None))[1],
        )
        for each in SCHEMES
    }
    kept = tuple(schemes.values())
    for module in ("explor.engines.leave", "explor.engines.leave.law"):
        monkeypatch.setattr(f"{module}.schemes", lambda tables=None: kept)
    return schemes


def test_each_leave_scheme_that_ends_within_a_year_is_a_task_of_the_coordination(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    today = timezone.localdate()
    last = months_after(today, 12)
    schemes = dated(monkeypatch, CET=(last, None), PMO=(today, today + DAY), AUT=(last + DAY, None))
    page = reverse("leave_readings:coordination_schemes")
    assert tasks_of(coordinator()) == [
        Task(
            title=f"Vérifier si un cadre est prolongé : {schemes[code].label}",
            url=f"{page}#{code}",
            why=f"Fin légale : {end}. Ensuite, ce cadre sera fermé.",
            until=schemes[code].valid_to,
        )
        for code, end in (
            ("PMO", f"{today:%d/%m/%Y} ou {today + DAY:%d/%m/%Y}"),
            ("CET", f"{last:%d/%m/%Y}"),
        )
    ]


def test_without_a_leave_scheme_about_to_end_the_coordination_has_no_task(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dated(monkeypatch, CET=(timezone.localdate() - DAY, None))
    assert tasks_of(coordinator()) == []


def test_a_network_has_no_task_about_the_end_of_a_leave_scheme(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dated(monkeypatch, CET=(timezone.localdate(), None))
    assert tasks_of(officer_actor(NetworkFactory())) == []


def test_the_task_about_an_ending_leave_scheme_links_to_the_row_of_that_scheme(
    monkeypatch: pytest.MonkeyPatch, session_of: Sessions
) -> None:
    dated(monkeypatch, CET=(timezone.localdate(), None))
    client = session_of(coordinator())
    home = client.get("/coordination/").content.decode()
    (address,) = re.findall(r'<p><a href="([^"]+)">Vérifier si un cadre est prolongé', home)
    assert address == "/coordination/cadres/#CET"
    rows = re.findall(r'<tr role="row" id="(\w+)">', client.get(address).content.decode())
    assert tuple(rows) == CODES


def test_the_page_of_leave_schemes_marks_only_those_that_end_soon(
    monkeypatch: pytest.MonkeyPatch, session_of: Sessions
) -> None:
    today = timezone.localdate()
    dated(monkeypatch, CET=(today, None), AUT=(months_after(today, 13), None))
    page = session_of(coordinator()).get("/coordination/cadres/").content.decode()
    rows = re.findall(r'<tr role="row" id="(\w+)">(.*?)</tr>', page, flags=re.S)
    ends = {
        code: " ".join(re.sub(r"<[^>]+>", " ", cells.split('"Fin légale">')[1]).split()).split(" ")
        for code, cells in rows
    }
    assert {code for code, words in ends.items() if "vérifier" in words} == {"CET"}
    assert ends["CET"][0] == f"{today:%d/%m/%Y}"
    assert ends["AUT"][0] == f"{months_after(today, 13):%d/%m/%Y}"
    assert ends["PMO"][0] == "Aucune"


def test_the_page_of_leave_schemes_returns_404_to_other_roles(session_of: Sessions) -> None:
    client = session_of(officer_actor(NetworkFactory()))
    assert client.get("/coordination/cadres/").status_code == 404
