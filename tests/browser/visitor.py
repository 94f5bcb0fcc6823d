"""A visitor in a real browser, with the same interface as the visitor of `tests/journeys`."""

import re
from typing import Any
from urllib.parse import urljoin

from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, ElementHandle, Page

from explor.ground.accounts.models import Person

FORM = "main form[method=post]"


class BrowserVisitor:
    """One person's browser; with `watched`, axe checks each kind of page once."""

    def __init__(self, browser: Browser, base: str, email: str = "", **context: Any) -> None:
        self.scripts = context.get("java_script_enabled", True)
        self.base, self.client = base, Client()
        self.context = browser.new_context(base_url=base, locale="fr-FR", **context)
        if email:
            self.client.force_login(Person.objects.get(email=email))
            session = self.client.cookies["sessionid"].value
            self.context.add_cookies([{"name": "sessionid", "value": session, "url": base}])
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.faults: list[str] = []
        self.expected_version: set[str] = set()
        self.page.on("console", self._heard)

    @property
    def url(self) -> str:
        return self.page.url

    def read(self, url: str, status: int = 200) -> "BrowserVisitor":
        response = self.page.goto(urljoin(self.base, url))
        return self._show(response.status if response else 0, status)

    def send(self, status: int = 200, **typed: Any) -> "BrowserVisitor":
        for name, value in typed.items():
            self._fill(name, value)
        button = self.page.locator(f"{FORM} button[type=submit]").last
        with self.page.expect_navigation() as navigation:
            button.focus()
            self.page.keyboard.press("Enter")
        return self._show(navigation.value.status if navigation.value else 0, status)

    def open_menu(self) -> "BrowserVisitor":
        """Open the menu where it is a drawer, on a phone; do nothing elsewhere."""
        button = self.page.get_by_role("button", name="Menu", exact=True)
        if button.is_visible():
            button.focus()
            self.page.keyboard.press("Enter")
        return self

    def follow(self, label: str, status: int = 200) -> "BrowserVisitor":
        link = self.page.get_by_role("link", name=re.compile(f"^{re.escape(label)}")).first
        return self.read(urljoin(self.page.url, str(link.get_attribute("href"))), status)

    def sees(self, *words: str) -> bool:
        text = " ".join(self.page.content().replace("&nbsp;", " ").split())
        return all(word in text for word in words)

    def close(self) -> None:
        self.context.close()

    def _fill(self, name: str, value: Any) -> None:
        fields = self.page.query_selector_all(f"{FORM} [name={name}]")
        assert fields, f"no field {name} on {self.page.url}"
        kind = fields[0].get_attribute("type")
        if fields[0].evaluate("e => e.tagName") == "SELECT" if self.scripts else self._select(name):
            values = value if isinstance(value, list) else [value]
            self.page.select_option(f"{FORM} [name={name}]", [str(each) for each in values])
        elif kind in ("radio", "checkbox"):
            self._check(fields, value)
        else:
            self.page.fill(f"{FORM} [name={name}]", str(value))

    def _select(self, name: str) -> bool:
        return self.page.query_selector(f"{FORM} select[name={name}]") is not None

    def _check(self, fields: list[ElementHandle], value: Any) -> None:
        values = [str(each) for each in (value if isinstance(value, list) else [value])]
        for field in fields:
            if values == ["on"] or field.get_attribute("value") in values:
                field.check()

    def _heard(self, message: Any) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.faults.append(f"{self.page.url}: {message.text}")

    def _show(self, found: int, status: int) -> "BrowserVisitor":
        assert found == status, f"{self.page.url}: {found}\n{self.page.content()[-2000:]}"
        kind = re.sub(r"\d+", "0", self.page.url)
        if self.scripts and kind not in self.expected_version:
            self.expected_version.add(kind)
            self._inspect()
        return self

    def _inspect(self) -> None:
        """Check that axe finds no violation and that nothing is wider than the screen."""
        for violation in Axe().run(self.page).response["violations"]:
            where = [node["html"][:160] for node in violation["nodes"][:2]]
            self.faults.append(f"{self.page.url}: {violation['id']} {where}")
        wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            self.faults.append(f"{self.page.url}: {wide} px too wide")
