"""A visitor of a real browser who uses only the keyboard."""

from .visitor import BrowserVisitor


class Keys:
    """A visitor who uses only the keyboard.

    `pressed` counts the keys; `clicks` counts those that act on a link, a button or a box.
    """

    def __init__(self, visitor: BrowserVisitor) -> None:
        self.visitor, self.page = visitor, visitor.page
        self.pressed, self.clicks = 0, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1
            self.clicks += key in ("Enter", "Space")

    def to(self, selector: str, most: int = 60) -> "Keys":
        """Press Tab until `selector` has the focus, and check that the focus is visible."""
        for _ in range(most):
            self.press("Tab")
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                outline = "getComputedStyle(document.activeElement).outlineStyle"
                assert self.page.evaluate(outline) != "none", selector
                return self
        raise AssertionError(f"{selector} is out of reach of the keyboard on {self.page.url}")

    def over_the_menu(self) -> "Keys":
        """Follow the first link of the page to its content, unless the focus is already there."""
        if not self.page.url.endswith("#contenu"):
            self.press("Tab", "Enter")
            self.clicks -= 1  # the keys that cross the menu of the page are not counted
            self.page.wait_for_selector("main:focus")
        return self

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.pressed += len(text)

    def enter(self) -> None:
        with self.page.expect_event("load"):
            self.press("Enter")
