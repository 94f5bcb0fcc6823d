"""Write a need screen by screen in a browser, on a phone, without JavaScript, with a co-author."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from journeys.chapters import day
from journeys.conftest import Scene, scene_of
from playwright.sync_api import Browser

from explor.journey.needs.models import Need
from explor.journey.needs.rules import SCREENS
from factories import NeedFactory, ProjectFactory

from .test_from_need_to_clearance import WAYS
from .visitor import BrowserVisitor


@pytest.fixture(params=["phone", "no_script"])
def stage(
    request: pytest.FixtureRequest,
    transactional_db: None,
    live_server: Any,
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Scene]:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    scene = scene_of("amont")
    project = ProjectFactory(association=scene.association)
    NeedFactory(
        network=scene.network,
        association=scene.association,
        project=project,
        partner=scene.partner,
        call=scene.call,
        mission_type="FORMATION",
        objectives="",
        skills=[],
        window_start=None,
        window_end=None,
    )
    small = {"viewport": {"width": 360, "height": 740}}
    way = {**small, **WAYS[request.param]}
    scene.president = BrowserVisitor(browser, live_server.url, "president@amont.test", **way)
    yield scene
    scene.president.close()


def click(visitor: BrowserVisitor, name: str) -> None:
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name=name).first.click()


def test_an_association_writes_and_submits_a_need_in_a_browser(stage: Scene) -> None:
    need, visitor = Need.objects.get(), stage.president
    home = f"/association/{stage.association.slug}/besoins/{need.pk}/"
    for slug in SCREENS:
        visitor.read(f"{home}ecrans/{slug}/")
    for rest in ("", "relire/", "remarques/", "apercu/", "reprendre/"):
        visitor.read(f"{home}{rest}")
    visitor.read(f"{home}ecrans/attendus/")
    click(visitor, "+ Former des personnes qui resteront")
    assert visitor.sees("Enregistré à")
    visitor.send()
    visitor.page.fill("[name=chercher]", "apicultures")
    if visitor.scripts:
        visitor.page.wait_for_selector("button:has-text('+ Apiculture')")
    else:
        click(visitor, "Chercher")
    click(visitor, "+ Apiculture")
    visitor.send(add_language="pt", add_level="B1")
    visitor.send(window_start=day(120), window_end=day(170), days=10)
    visitor.read(f"{home}versions/")
    assert visitor.sees("Apiculture")
    visitor.read(f"{home}relire/")
    assert visitor.sees("Tout est là", "Apiculture", "portugais B1")
    visitor.send()
    need.refresh_from_db()
    assert need.state == "filed"
    assert visitor.faults == []


def test_a_co_author_of_a_need_sees_which_field_the_other_is_editing(stage: Scene) -> None:
    need, visitor = Need.objects.get(), stage.president
    if not visitor.scripts:
        pytest.skip("the field is told by JavaScript; without it, the screen")
    visitor.read(f"/association/{stage.association.slug}/besoins/{need.pk}/ecrans/attendus/")
    with visitor.page.expect_response("**/presence/"):
        visitor.page.focus("[name=deliverables]")
    assert [each.field for each in need.presences.all()] == ["deliverables"]
    assert visitor.faults == []


def test_text_typed_in_a_need_is_saved_without_a_click(stage: Scene) -> None:
    need, visitor = Need.objects.get(), stage.president
    if not visitor.scripts:
        pytest.skip("saving while one types is for browsers with JavaScript")
    visitor.read(f"/association/{stage.association.slug}/besoins/{need.pk}/ecrans/attendus/")
    visitor.page.fill("[name=objectives]", "Former six personnes.")
    visitor.page.wait_for_selector("#kept:has-text('Enregistré à')")
    need.refresh_from_db()
    assert need.objectives == "Former six personnes."
    Need.objects.update(state="filed")
    visitor.page.fill("[name=objectives]", "Former sept personnes.")
    visitor.page.wait_for_selector("#kept:has-text('Rien n’a été enregistré')")
    assert visitor.faults == []
