"""HTML faults that a tolerant parser hides: unclosed tags and forbidden nesting."""

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"),
    *("track", "wbr"),
}
# What a paragraph, a heading or another text may not hold.
BLOCKS = {
    *("address", "article", "aside", "blockquote", "details", "dialog", "div", "dl", "fieldset"),
    *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main"),
    *("nav", "ol", "p", "pre", "section", "table", "ul"),
}
TEXTS = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "b", "strong", "em", "small", "label"),
    *("button", "code", "mark", "time", "pre", "q", "i"),
}
ACTING = {"a", "button", "input", "select", "textarea", "summary"}


class _Grammar(HTMLParser):
    """A parser that tracks the open tags and records what HTML forbids."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._enter(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._enter(tag, attrs)
        if tag not in VOID and "svg" not in self.open and tag != "svg":
            self.faults.append(f"<{tag}/> is not closed")

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.faults.append(f"</{tag}> closes <{self.open[-1] if self.open else ''}>")
            if tag in self.open:
                del self.open[len(self.open) - 1 - self.open[::-1].index(tag) :]

    def _enter(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            self.faults.append(f"<{tag}> has an attribute twice: {' '.join(names)}")
        parent = self.open[-1] if self.open else ""
        if tag in BLOCKS and parent in TEXTS:
            self.faults.append(f"<{parent}> holds <{tag}>")
        holder = next((each for each in self.open if each in ("a", "button")), "")
        if tag in ACTING and holder and dict(attrs).get("type") != "hidden":
            self.faults.append(f"<{holder}> holds <{tag}>")
        if tag == "form" and "form" in self.open:
            self.faults.append("<form> holds <form>")


def faults_of_grammar(body: bytes) -> Iterator[str]:
    """Yield each fault of the HTML source, before any parser repairs the source."""
    parser = _Grammar()
    parser.feed(body.decode("utf-8", "replace"))
    parser.close()
    yield from parser.faults
    yield from (f"<{tag}> is never closed" for tag in parser.open)
