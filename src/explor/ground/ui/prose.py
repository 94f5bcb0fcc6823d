"""Conversion of Markdown written by users to safe HTML."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "br", "blockquote", "h3", "h4"}
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})


def render(text: str | None) -> SafeString:
    """Return Markdown as HTML with only the tags `TAGS` and http(s) links; "" for a blank text."""
    if not text:
        return SafeString("")
    html = nh3.clean(
        _markdown.render(text), tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https"}
    )
    return mark_safe(html)  # safe, since nh3 has just sanitized the HTML
