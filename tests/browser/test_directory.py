"""The directory in a browser, by keyboard: search, filter, open, download, print.

On a wide screen, on a phone in dark mode and without JavaScript; axe checks each page.
"""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser
from pypdf import PdfReader

from explor.engines.formats import Goal, LeadOrganisation, Sheet
from explor.engines.formats.sheets import PartialDate
from explor.journey.sheets import actions, engine
from explor.public.directory.models import Alert
from explor.public.open_data import actions as datasets
from factories import DecisionFactory, NetworkFactory, SheetFactory, officer_actor

from .test_from_need_to_clearance import WAYS
from .visitor import BrowserVisitor

NEED = "irrigation au Burkina en 2025"
LONG = "Réseau d’irrigation goutte-à-goutte " * 6


@pytest.fixture(params=sorted(WAYS))
def reader(
    request: pytest.FixtureRequest,
    transactional_db: None,
    live_server: Any,
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Any,
) -> Iterator[BrowserVisitor]:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    monkeypatch.setattr(settings, "MEDIA_ROOT", str(tmp_path))
    network = NetworkFactory(slug="amont", name="Amont")
    for title, sector, year in (
        ("L’irrigation des jardins de Koudougou", "Agriculture, alimentation, pêche", 2024),
        (LONG[:200], "Agriculture, alimentation, pêche", 2025),
        ("Une école et son irrigation", "Éducation", 2025),
        ("Un dispensaire", "Santé", 2018),
    ):
        published(network, title, sector, year)
    for number in range(22):
        published(network, f"Un grenier {number}", "Environnement", 2020, country="Togo")
    visitor = BrowserVisitor(browser, live_server.url, **WAYS[request.param])
    yield visitor
    visitor.close()


def published(network: Any, title: str, sector: str, year: int, country: str = "") -> Any:
    sheet = Sheet(
        title=title,
        start=PartialDate(year=year, month=2),
        end=PartialDate(year=year + 1, month=6),
        countries=(country or "Burkina Faso",),
        sectors=(sector,),
        locality="Koudougou",
        goals=(Goal(number=2), Goal(number=6)),
        lead_organisation=LeadOrganisation(name="Les Amis de Koudougou", address="26000 Valence"),
        context="En saison sèche, les puits se vident.\n\n- premier point\n- second point",
        objectives="Arroser les jardins toute l’année, par une irrigation sobre.",
        regional_funders=("Conseil régional (exemple)",),
    )
    return SheetFactory(
        network=network, content=engine.content_of(sheet), **engine.columns_of(sheet)
    )


def press(reader: BrowserVisitor, role: Any, name: str) -> BrowserVisitor:
    """Press a link by keyboard, then check the page reached with axe."""
    with reader.page.expect_navigation() as navigation:
        reader.page.get_by_role(role, name=name, exact=True).first.focus()
        reader.page.keyboard.press("Enter")
    return reader._show(navigation.value.status if navigation.value else 0, 200)


def taken(reader: BrowserVisitor, name: str) -> bytes:
    """Return the file downloaded from a link."""
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name=name, exact=True).focus()
        reader.page.keyboard.press("Enter")
    return download.value.path().read_bytes()


def test_a_project_sheet_can_be_searched_filtered_opened_downloaded_and_printed(
    reader: BrowserVisitor,
) -> None:
    reader.read("/").open_menu().follow("Projets")
    reader.page.get_by_role("searchbox").fill(NEED)
    press(reader, "button", "Chercher")
    assert reader.sees("3 fiches", "Une école et son <mark>irrigation</mark>")
    narrow(reader, "Agriculture, alimentation, pêche")
    assert reader.sees("2 fiches")
    assert "secteur=AGRI" in reader.url
    press(reader, "link", "L’irrigation des jardins de Koudougou")
    assert reader.sees("Les Amis de Koudougou", "février 2024", "Arroser les jardins")
    document = PdfReader(BytesIO(taken(reader, "Télécharger en PDF")))
    assert (len(document.pages) <= 2, document.metadata.title) == (
        True,
        "L’irrigation des jardins de Koudougou",
    )
    if reader.scripts:
        paper = PdfReader(BytesIO(reader.page.pdf(format="A4")))
        assert 1 <= len(paper.pages) <= 2
    datasets.make_all()
    reader.open_menu().follow("Données")
    rows = csv.DictReader(StringIO(taken(reader, "projets.csv").decode("utf-8-sig")), delimiter=";")
    assert len(list(rows)) == 26
    press(reader, "link", "Lire depuis un programme")
    assert reader.sees("/api/v1/projets", "Chiffres publics")
    assert reader.faults == []


def narrow(reader: BrowserVisitor, label: str) -> None:
    """Unfold the facets if needed, tick a value, search again."""
    box = reader.page.get_by_label(label)
    if not box.is_visible():
        reader.page.locator("button[popovertarget=affiner]:not([popovertargetaction])").focus()
        reader.page.keyboard.press("Enter")
    box.focus()
    reader.page.keyboard.press("Space")
    press(reader, "button", "Affiner")


def test_every_state_of_the_directory_list_and_map_is_accessible(reader: BrowserVisitor) -> None:
    reader.read("/projets/")
    press(reader, "link", "Page suivante")
    assert reader.sees("page 2")
    reader.read("/projets/?q=minicentrale+Togo")
    assert reader.sees("Aucune fiche", "« Togo »")
    reader.read("/projets/?q=Burkyna")
    assert reader.sees("Voici les réponses pour")
    reader.read("/projets/?pays=BF&secteur=SANTE&odd=2&tri=annee")
    reader.read("/carte/")
    press(reader, "link", "Togo")
    assert reader.sees("22 fiches")
    reader.read("/carte/?pays=BF&secteur=SANTE")
    reader.read("/carte/?q=rien")
    assert reader.sees("Aucun projet à montrer")
    assert reader.faults == []


def test_a_withdrawn_missing_or_draft_sheet_shows_an_explanation(reader: BrowserVisitor) -> None:
    row = published(NetworkFactory(), "Retirée", "Santé", 2019)
    actions.withdraw(row, by=officer_actor(row.network), reason="demande du porteur")
    reader.read(f"/projets/{row.slug}/", status=410)
    reader.read("/projets/jamais-vue/", status=404)
    reader.read("/donnees/")
    assert reader.sees("Ces fichiers se préparent")
    reader.read("/missions/")
    DecisionFactory(state="announced", verdict="favourable", need__title="Former aux comptes")
    reader.read("/missions/?q=comptes")
    assert reader.sees("Former aux comptes", "Je suis intéressé")
    reader.read("/missions/?pays=BJ&q=rien")
    assert reader.faults == []


def test_a_visitor_subscribes_to_the_alert_of_a_search_then_unsubscribes(
    reader: BrowserVisitor,
) -> None:
    reader.read("/projets/?pays=BF").follow("Être prévenu par courriel")
    reader.send(email="lectrice@exemple.example")
    assert reader.sees("Regardez votre courrier")
    alert = Alert.objects.get()
    reader.read(f"/projets/suivre/{alert.token}/").send()
    assert reader.sees("C’est confirmé")
    press(reader, "button", "Arrêter ces messages")
    assert (Alert.objects.count(), reader.faults) == (0, [])
