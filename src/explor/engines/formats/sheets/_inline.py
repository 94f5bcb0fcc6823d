"""Extraction of the links and of the plain text of a line of Markdown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ._text import unescape

# The URL of a link may contain one level of parentheses, and a title, which is dropped.
_TOKEN = re.compile(
    r"\\.|(?P<open>\[)|\](?P<target>\(\s{0,3}<?"
    r"(?P<url>(?:[^()\s<>]|\([^()\s<>]*\))*)>?(?:\s[^()]*)?\))?",
    re.S,
)


@dataclass(frozen=True, kw_only=True)
class InlineLink:
    """A link and its position in the line (`end` excluded); the label is still Markdown."""

    start: int
    end: int
    label: str
    url: str


def links_in(text: str) -> Iterator[InlineLink]:
    """Yield every link `[label](address)` of a line of Markdown, from left to right."""
    if "](" not in text:
        return
    opened: int | None = None
    for token in _TOKEN.finditer(text):
        if token["open"]:
            opened = token.start()
        elif token["target"] and opened is not None:
            label = text[opened + 1 : token.start()]
            yield InlineLink(start=opened, end=token.end(), label=label, url=token["url"])
            opened = None
        elif token[0] == "]":
            opened = None


def without_links(text: str) -> str:
    """Return the text with each link or image replaced by its label."""
    parts, done = [], 0
    for link in links_in(text):
        parts += [text[done : link.start].removesuffix("!"), link.label]
        done = link.end
    return "".join([*parts, text[done:]])


def plain(markdown: str) -> str:
    """Return the plain text of a line of Markdown, with links replaced by their label."""
    return unescape(without_links(markdown))
