"""A page of a real browser that shows the answers of the test client.

The browser contacts no server: its requests get an answer made earlier, a static file, or nothing.
A test can thus show the page of a refused form inside a transaction that the test then rolls back.
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.views import serve
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, Route

BASE = "http://explor.test"


class AnswerViewer:
    """A browser page; `show` makes it display an answer of the test client."""

    def __init__(self, browser: Browser) -> None:
        self.context = browser.new_context(
            base_url=BASE, locale="fr-FR", bypass_csp=True, reduced_motion="reduce"
        )
        self.context.set_default_timeout(120_000)
        self.context.route("**/*", self._answer)
        self.page: Page = self.context.new_page()
        self.statics: dict[str, tuple[bytes, str]] = {}
        self.body = b""

    def show(self, url: str, response: Any) -> Page:
        self.body = response.content
        self.page.emulate_media(color_scheme="light", media="screen")
        self.page.goto(url)
        return self.page

    def close(self) -> None:
        self.context.close()

    def _answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if route.request.is_navigation_request():
            route.fulfill(body=self.body, content_type="text/html; charset=utf-8")
        elif path.startswith(settings.STATIC_URL):
            body, kind = self._static(path)
            route.fulfill(body=body, content_type=kind)
        else:
            route.fulfill(status=204)

    def _static(self, path: str) -> tuple[bytes, str]:
        if path not in self.statics:
            name = path.removeprefix(settings.STATIC_URL)
            served = serve(RequestFactory().get(path), name, insecure=True)
            self.statics[path] = (b"".join(served), served["Content-Type"])
            served.close()
        return self.statics[path]
