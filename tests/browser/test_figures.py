"""The public figures in a real browser: wide, on a phone, without JavaScript, by keyboard."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from explor.oversight.indicators import actions
from factories import DecisionFactory, ExpertFactory, MissionFactory, NetworkFactory, SheetFactory

from .test_from_need_to_clearance import WAYS
from .visitor import BrowserVisitor


@pytest.fixture(params=sorted(WAYS))
def reader(
    request: pytest.FixtureRequest,
    transactional_db: None,
    live_server: Any,
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[BrowserVisitor]:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    for number, slug in enumerate(("amont", "aval") * 4):
        MissionFactory(
            release__proposal__decision__need__network=_network(slug),
            state="closed",
            start=date(2025 + number % 3, 1 + number, 2),
            end=date(2025 + number % 3, 1 + number, 11),
        )
    DecisionFactory()
    SheetFactory(network=_network("amont"), sdgs=[2])
    ExpertFactory.create_batch(5, network=_network("aval"), skills=["Maraîchage"])
    visitor = BrowserVisitor(browser, live_server.url, **WAYS[request.param])
    yield visitor
    visitor.close()


def _network(slug: str) -> Any:
    model = NetworkFactory._meta.model
    return model.objects.filter(slug=slug).first() or NetworkFactory(slug=slug, name=slug.title())


def press(reader: BrowserVisitor, role: Any, name: str) -> None:
    """Press a link with the keyboard."""
    with reader.page.expect_navigation():
        reader.page.get_by_role(role, name=name, exact=True).focus()
        reader.page.keyboard.press("Enter")


def test_public_figures_are_filtered_and_link_to_their_sheets(reader: BrowserVisitor) -> None:
    reader.read("/chiffres/")
    assert reader.sees("8 missions engagées dans 1 pays")
    actions.count()
    reader.read("/projets/").open_menu().follow("Chiffres")
    for table in reader.page.locator("details.figures summary").all():
        table.focus()
        reader.page.keyboard.press("Enter")
    if reader.scripts:
        reader._inspect()
    reader.page.get_by_label("Année", exact=True).select_option("2026")
    press(reader, "button", "Montrer")
    assert reader.sees("Les chiffres d’EXPLOR en 2026")
    press(reader, "link", "Aval")
    assert reader.sees("avec Aval en 2026", "pas encore arrêté")
    reader.read(reader.url)
    press(reader, "link", "Retirer tous les filtres")
    press(reader, "link", "Madagascar")
    assert reader.sees("Les missions qui cherchent quelqu’un")
    assert reader.faults == []


def test_the_figures_of_a_year_without_missions_show_a_notice(reader: BrowserVisitor) -> None:
    SheetFactory(year=2019)
    actions.count()
    reader.read("/chiffres/?annee=2019")
    assert reader.sees("En 2019, aucune mission engagée. 1 fiche publiée.")
    assert reader.faults == []
