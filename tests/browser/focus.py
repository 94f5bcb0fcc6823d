"""A visitor who uses only the keyboard and checks the focus at each tab stop."""

from typing import Any

from playwright.sync_api import Page

from support.sight import SHOWN, STOPS

from .keys import Keys
from .visitor import BrowserVisitor

# What is wrong with the stop that has just been reached, and whether it is the one looked for.
STOP = f"""([selector, name]) => {{
  const here = document.activeElement, before = window.explorStop;
  window.explorStop = here === document.body ? null : here;
  if (here === document.body) return [false, ""];
  const back = before && before.isConnected
    && before.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_PRECEDING;
  const fault = back ? "back: " + here.outerHTML.slice(0, 160) : ({SHOWN})(here);
  const words = (here.innerText || "").trim().replace(/\\s+/g, " ");
  return [here.matches(selector) && words.startsWith(name), fault];
}}"""


class FocusChecker(Keys):
    """A visitor who uses only the keyboard and notes each stop that is unseen or out of order."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed, self.clicks = page, 0, 0
        self.faults: list[str] = []

    def to(self, selector: str, most: int = 150, *, name: str = "") -> "FocusChecker":
        """Press Tab until an element that matches `selector`, named `name`, has the focus."""
        for _ in range(most):
            if self.tab(selector, name):
                return self
        raise AssertionError(f"{selector} {name} is out of reach on {self.page.url}")

    def tab(self, selector: str = "*", name: str = "") -> bool:
        """Press Tab once; return whether the stop is the one looked for."""
        self.press("Tab")
        reached, fault = self.page.evaluate(STOP, [selector, name])
        if fault:
            self.faults.append(f"{self.page.url}: {fault}")
        return bool(reached)

    def follow(self, name: str, *, within: str = "main") -> "FocusChecker":
        """Follow a link by its name, after the menu of the page when it is in its content."""
        if within == "main":
            self.over_the_menu()
        self.to(f"{within} a[href]", name=name).enter()
        return self

    def fill(self, **typed: str) -> "FocusChecker":
        """Type in the fields of a form, in the order of the page."""
        for name, text in typed.items():
            self.to(f"main [name={name}]").type(text)
        return self

    def choose(self, field: str, value: str) -> "FocusChecker":
        """Go to a list or to radio buttons, and press an arrow until `value` is chosen."""
        self.to(f"main [name={field}]")
        for _ in range(60):
            if self.page.evaluate("document.activeElement.value") == value:
                if self.page.evaluate("document.activeElement.type") == "radio":
                    self.press("Space")
                return self
            self.press("ArrowDown")
        raise AssertionError(f"{field} has no choice {value}")

    def tick(self, selector: str) -> "FocusChecker":
        self.to(f"main {selector}").press("Space")
        return self

    def send(self, name: str = "") -> "FocusChecker":
        """Press the button that sends the form; no field is left in error."""
        self.to("main form[method=post] button[type=submit]", name=name).enter()
        errors = self.page.locator("[aria-invalid=true]").count()
        assert errors == 0, (self.page.url, self.page.inner_text("main")[:2000])
        return self

    def cross(self) -> None:
        """Go through the whole page with Tab: each stop once, in its order, then out of it."""
        stops = len(self.page.evaluate_handle(STOPS).get_properties())
        self.page.evaluate("window.explorStop = null; scrollTo(0, 0)")
        reached = set()
        for _ in range(3 * stops + 10):  # a field of date holds several stops
            self.tab()
            if self.page.evaluate("document.activeElement === document.body"):
                break
            place = "[...document.querySelectorAll('*')].indexOf(document.activeElement)"
            if (here := self.page.evaluate(place)) in reached and here == min(reached):
                break
            reached.add(here)
        assert len(reached) == stops, (self.page.url, len(reached), stops)

    def close_with_escape(self, opener: str, opened: str) -> None:
        """Open what `opener` opens, close it with Escape, and check where the focus is then."""
        self.to(opener).press("Enter")
        self.page.locator(opened).wait_for(state="visible")
        self.press("Escape")
        self.page.locator(opened).wait_for(state="hidden")
        assert self.page.evaluate("s => document.activeElement.matches(s)", opener), opener


def open_with_focus_checks(visitor: BrowserVisitor, url: str, **given: Any) -> FocusChecker:
    """Open a page as the visitor, who then goes on with the keyboard."""
    response = visitor.page.goto(url, **given)
    assert response is not None and response.status == 200, (url, response)
    return FocusChecker(visitor.page)
