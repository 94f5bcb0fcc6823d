"""The main pages of each role at 320 px, with double or spaced text, by keyboard and in print."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page
from trust.world import Side, overseers, side

from factories import SheetFactory
from support.sight import DOUBLED, FAULTS, HIDDEN_ON_PAPER, SPACED

STOP = """() => {
  const here = document.activeElement, style = getComputedStyle(here);
  const shown = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return shown || here === document.body ? "" : here.outerHTML.slice(0, 160);
}"""
PLANTED = """<p style="width: 3000px">Trop large</p>
<button style="width: 40px; overflow: hidden; white-space: nowrap">Un bouton coupé</button>"""
STOPS = 20


@pytest.fixture
def world(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Side:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    made = side("Amont")
    for role, (person, key) in overseers().items():
        made.people[role], made.keys[role] = person, key
    return made


@pytest.fixture
def page(browser: Browser, live_server: Any) -> Iterator[Page]:
    """Return a page of 320 pixels that accepts the styles of these tests."""
    size = {"width": 320, "height": 640}
    context = browser.new_context(base_url=live_server.url, viewport=size, bypass_csp=True)
    context.set_default_timeout(120_000)
    yield context.new_page()
    context.close()


def main_pages(world: Side) -> list[tuple[str, str]]:
    """Return the main pages, as (role, URL)."""
    keys, rows = world.keys, world.rows
    sheet = SheetFactory(title="Un titre de fiche assez long pour couvrir deux lignes")
    return [
        ("", "/"),
        ("", f"/projets/{sheet.slug}/"),
        ("", "/accessibilite/"),
        ("association", f"/association/{keys['association']}/"),
        ("association", f"/association/{keys['association']}/besoins/{rows['besoins']}/"),
        ("expert", f"/expert/missions/{rows['missions']}/"),
        ("employeur", releases(world)),
        ("comite", f"/comite/{keys['comite']}/"),
        ("reseau", f"/reseau/{keys['reseau']}/"),
        ("reseau", f"/reseau/{keys['reseau']}/missions/{rows['missions']}/"),
        ("coordination", "/coordination/"),
        ("financeur", f"/financeur/{keys['financeur']}/"),
        ("administration", "/administration/"),
    ]


def releases(world: Side) -> str:
    release = world.rows["mises-a-disposition"]
    return f"/employeur/{world.keys['employeur']}/mises-a-disposition/{release}/"


def open_as(page: Page, world: Side, role: str, url: str) -> None:
    """Open a page as the person of a role, or as a visitor."""
    page.context.clear_cookies()
    if role:
        client = Client()
        client.force_login(world.people[role])
        value = client.cookies["sessionid"].value
        cookie = {"name": "sessionid", "value": value, "domain": "localhost", "path": "/"}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
    response = page.goto(url)
    assert response is not None and response.status == 200, url


def lost_stops(page: Page) -> list[str]:
    """Go through the page with the tab key; return the stops where nothing shows the focus."""
    found = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        found.append(page.evaluate(STOP))
    return [f"unseen: {each}" for each in found if each]


def test_the_main_pages_of_each_role_fit_small_screens_and_large_text(
    world: Side, page: Page
) -> None:
    faults = []
    for role, url in main_pages(world):
        open_as(page, world, role, url)
        faults += [(url, "320 px", each) for each in page.evaluate(FAULTS)]
        faults += [(url, "keyboard", each) for each in lost_stops(page)]
        spaced = page.add_style_tag(content=SPACED)
        faults += [(url, "spaced", each) for each in page.evaluate(FAULTS)]
        spaced.evaluate("each => each.remove()")
        page.set_viewport_size({"width": 1280, "height": 800})
        page.evaluate(DOUBLED)
        faults += [(url, "doubled", each) for each in page.evaluate(FAULTS)]
        page.set_viewport_size({"width": 320, "height": 640})
    assert faults == []


def test_the_layout_check_detects_a_page_too_wide_and_a_clipped_button(page: Page) -> None:
    page.set_content(f"<main>{PLANTED}</main>")
    assert [each.split(":")[0] for each in page.evaluate(FAULTS)] == ["wide", "clipped"]


def test_the_focus_check_detects_a_focused_element_without_visible_indicator(page: Page) -> None:
    page.set_content("<style>a:focus { outline: 0 }</style><a href='/'>Ici</a>")
    assert len(lost_stops(page)) > 0


def test_a_sheet_and_an_agreement_are_printed_with_their_text_only(world: Side, page: Page) -> None:
    sheet = SheetFactory(title="Un puits à Koudougou")
    page.set_viewport_size({"width": 680, "height": 960})
    page.emulate_media(media="print")
    for role, url in (("", f"/projets/{sheet.slug}/"), ("employeur", releases(world))):
        open_as(page, world, role, url)
        shown = page.eval_on_selector_all(
            HIDDEN_ON_PAPER, "all => all.filter((each) => each.checkVisibility()).length"
        )
        assert shown == 0, url
        assert page.locator("main h1").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 680
