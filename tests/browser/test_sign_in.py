"""Passkeys, and the end of a session, in a real browser."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from playwright.sync_api import Browser, expect

from explor.ground.accounts.actions import open_account
from explor.ground.accounts.models import Person, Session
from factories import OfficerFactory

from .visitor import BrowserVisitor

EMAIL = "awa@exemple.test"
# A virtual authenticator that verifies its user and stores passkeys.
TELEPHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def person(transactional_db: None) -> Person:
    return open_account(email=EMAIL, name="Awa Exemple")


@pytest.fixture
def visit(live_server: Any, browser: Browser, person: Person) -> Iterator[Callable[..., Any]]:
    """Return a function that opens the browser of the person, signed in."""
    opened: list[BrowserVisitor] = []

    def visit() -> BrowserVisitor:
        opened.append(BrowserVisitor(browser, live_server.url, EMAIL))
        return opened[-1]

    yield visit
    for each in opened:
        each.close()


def test_an_officer_adds_a_passkey_then_signs_in_with_this_passkey_alone(
    person: Person, visit: Callable[[], BrowserVisitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The library notes, in a GET, that the codes were shown.
    monkeypatch.setattr(RecoveryCodes, "mark_as_viewed", lambda codes: None)
    network = OfficerFactory(person=person).network
    visitor = visit()
    page = visitor.page
    devices = visitor.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": TELEPHONE})
    visitor.read("/compte/2fa/webauthn/add/")
    page.locator("[name=name]").fill("Mon téléphone")
    page.locator("[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/2fa/recovery-codes/")
    assert Authenticator.objects.filter(user=person, type="webauthn").count() == 1
    # The passkey just added opens the pages that require a second factor.
    visitor.read(f"/reseau/{network.slug}/")

    visitor.read("/compte/logout/").send()
    assert Session.objects.filter(person=person.pk).count() == 0
    visitor.read("/compte/login/")
    page.locator("#passkey_login").click()
    page.wait_for_url(f"**/reseau/{network.slug}/")
    assert visitor.faults == []


def test_the_warning_before_the_end_of_a_session_lets_the_keyboard_extend_the_session(
    person: Person, visit: Callable[[], BrowserVisitor]
) -> None:
    visitor = visit()
    page = visitor.page
    page.clock.install()
    visitor.read("/compte/sessions/")
    page.clock.fast_forward(60 * 115 * 1000)
    expect(page.locator("#session-ending")).to_be_hidden()
    page.clock.fast_forward(60 * 3 * 1000 + 2000)
    expect(page.get_by_role("alertdialog", name="Votre session va se terminer")).to_be_visible()
    visitor._inspect()
    expect(page.get_by_role("button", name="Prolonger la session")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#session-ending")).to_be_hidden()
    page.clock.fast_forward(60 * 121 * 1000)
    expect(page.get_by_role("alertdialog", name="Votre session est terminée")).to_be_visible()
    visitor._inspect()
    link = page.get_by_role("link", name="Se connecter")
    assert link.get_attribute("href") == "/compte/login/?next=/compte/sessions/"
    assert visitor.faults == []
