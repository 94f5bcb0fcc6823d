"""What is typed in one tab of a browser while the person signs out in another one."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from explor.ground.accounts.models import Person
from factories import MemberFactory, MissionFactory, NeedFactory, OfficerFactory, expert_actor

from .visitor import BrowserVisitor

WORDS = "Les puits du village sont à sec dès février. "
ENDED = "dialog#session-ended[open]"


@pytest.fixture
def visit(
    transactional_db: None, live_server: Any, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Any]:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    opened = []

    def make(email: str) -> BrowserVisitor:
        opened.append(BrowserVisitor(browser, live_server.url, email))
        return opened[-1]

    yield make
    for visitor in opened:
        visitor.close()


def sign_out(visitor: BrowserVisitor, url: str) -> None:
    """Sign out in a second tab of the same browser."""
    tab: Page = visitor.context.new_page()
    tab.goto(f"{visitor.base}{url}")
    tab.locator(".who summary").click()
    tab.locator(".who form[action$='/logout/'] button").click()
    tab.wait_for_url(f"{visitor.base}/")
    tab.close()


def sign_in(visitor: BrowserVisitor, email: str) -> None:
    client = Client()
    client.force_login(Person.objects.get(email=email))
    session = client.cookies["sessionid"].value
    cookie = {"name": "sessionid", "value": session, "url": visitor.base}
    visitor.context.add_cookies([cookie])


def test_a_text_typed_before_signing_out_in_another_tab_is_offered_after_signing_in(
    visit: Any,
) -> None:
    need = NeedFactory(state="draft")
    MemberFactory(organisation=need.association, person__email="ana@rives.test")
    home = f"/association/{need.association.slug}/"
    url = f"{home}besoins/{need.pk}/ecrans/probleme/"
    visitor = visit("ana@rives.test").read(url)
    visitor.page.locator("textarea[name=context]").fill(WORDS)
    sign_out(visitor, home)
    visitor.page.wait_for_selector(ENDED)
    assert "gardés dans cet onglet" in visitor.page.locator(ENDED).inner_text()
    with visitor.page.expect_navigation():
        visitor.page.locator(ENDED).get_by_role("link", name="Se connecter").click()
    sign_in(visitor, "ana@rives.test")
    visitor.read(url)
    visitor.page.get_by_role("button", name="Reprendre ma saisie").click()
    assert visitor.page.locator("textarea[name=context]").input_value() == WORDS


def test_a_confidential_report_is_not_kept_and_can_be_copied_when_the_session_ends(
    visit: Any,
) -> None:
    mission = MissionFactory(state="away")
    OfficerFactory(network=mission.network, position="direction")
    who = expert_actor(mission.expert)
    url = f"/expert/missions/{mission.pk}/signalement/"
    visitor = visit(who.email).read(url)
    visitor.page.locator("textarea[name=what]").fill(WORDS)
    sign_out(visitor, "/expert/")
    visitor.page.wait_for_selector(ENDED)
    dialog = visitor.page.locator(ENDED)
    assert "n’est pas gardé" in dialog.inner_text()
    assert "gardés dans cet onglet" not in dialog.inner_text()
    dialog.get_by_role("button", name="Revenir à mon texte").click()
    visitor.page.wait_for_timeout(2500)
    assert visitor.page.locator(ENDED).count() == 0
    assert visitor.page.locator("textarea[name=what]").input_value() == WORDS
    assert WORDS.strip() not in visitor.page.evaluate("JSON.stringify(sessionStorage)")
