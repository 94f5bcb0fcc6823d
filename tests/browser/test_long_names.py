"""On a phone, names of two hundred characters without space do not widen a page."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from factories import (
    MemberFactory,
    MissionFactory,
    NetworkFactory,
    SheetFactory,
)

from .test_from_need_to_clearance import WAYS
from .visitor import BrowserVisitor

LONG = "Anticonstitutionnellement" * 8


@pytest.fixture
def reader(
    transactional_db: None, live_server: Any, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> Iterator[BrowserVisitor]:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    network = NetworkFactory(slug="amont", name=LONG[:120])
    mission = MissionFactory(network=network)
    association = mission.association
    association.name, association.slug = LONG, "rives"
    association.save()
    MemberFactory(organisation=association, person__name=LONG, person__email="ana@rives.test")
    SheetFactory(network=network, title=LONG, slug="fiche")
    phone = {**WAYS["phone"], "viewport": {"width": 360, "height": 800}}
    visitor = BrowserVisitor(browser, live_server.url, "ana@rives.test", **phone)
    yield visitor
    visitor.close()


def test_a_name_of_two_hundred_characters_does_not_widen_a_page(reader: BrowserVisitor) -> None:
    widths = {}
    for url in (
        *("/association/rives/", "/association/rives/missions/", "/association/rives/projets/"),
        *("/association/rives/notre-organisation/", "/compte/", "/projets/", "/projets/fiche/"),
        "/chiffres/",
    ):
        reader.read(url)
        widths[url] = reader.page.evaluate("document.documentElement.scrollWidth")
    assert widths == dict.fromkeys(widths, 360)
