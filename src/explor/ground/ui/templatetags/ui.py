"""`{% ui "badge" label=… %}` renders a component; `{% uiblock "panel" title=… %}` wraps content.

The other tags and filters format values, or render small parts that are not components.
"""

import re
import uuid
from collections.abc import Iterable
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django import template
from django.template import defaultfilters
from django.template.context import Context
from django.template.loader import get_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from explor.ground.ui import accessibility, elision, icons
from explor.ground.ui.components import COMPONENTS
from explor.ground.ui.days import french

register = template.Library()
register.filter("of", elision.of)
register.filter("at", elision.at)


@register.filter("date", expects_localtime=True)
def date_filter(value: Any, pattern: str | None = None) -> str:
    """Format a date like Django's filter `date`, which this one replaces, but write « 1er ».

    The format "c" stops at the second, since HTML does not allow microseconds.
    """
    if pattern == "c" and isinstance(value, datetime):
        value = value.replace(microsecond=0)
    return defaultfilters.date(value, french(value, pattern or "DATE_FORMAT"))


@register.simple_tag(takes_context=True)
def ui(context: Context, name: str, **props: Any) -> SafeString:
    """Render a component that has no content between tags."""
    if COMPONENTS[name].pure:
        return _drawn(name, **props)
    return _draw(context, name, props, block=False)


@register.simple_block_tag(takes_context=True)
def uiblock(context: Context, content: str, name: str, **props: Any) -> SafeString:
    """Render a component around the content between its two tags."""
    return _draw(context, name, props, block=True, content=content)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Render an icon; in the template, a word must follow it."""
    return icons.icon(name)


@register.simple_tag
def once() -> SafeString:
    """Render the hidden field of a new idempotency key, which every form that acts must submit."""
    return format_html('<input type="hidden" name="idempotency_key" value="{}">', uuid.uuid4())


@register.simple_tag
def accessibility_status() -> str:
    """Return the accessibility status that the law requires on each page, in French."""
    return accessibility.results().status


def _draw(
    context: Context, name: str, props: dict[str, Any], *, block: bool, content: str = ""
) -> SafeString:
    component = COMPONENTS[name]
    if component.block is not block:
        raise TypeError(f"composant « {name} » : {'uiblock' if component.block else 'ui'}")
    around = {key: context.get(key) for key in ("request", "csrf_token")}
    drawn = Context({**around, **component.context(props), "content": content})
    drawing = get_template(f"ui/{name}.html").template  # type: ignore[attr-defined]
    return SafeString(drawing.render(drawn))


@lru_cache(1024, typed=True)  # typed, so that safe and plain strings are cached separately
def _drawn(name: str, **props: Any) -> SafeString:
    """Render a component that depends only on its props, and cache its HTML by these props."""
    return _draw(Context(), name, props, block=False)


@register.filter
def or_blank(value: Any) -> Any:
    """Return « -- » for a blank value, a list as text with commas, any other value unchanged."""
    if value in (None, "", [], ()):
        return _blank()
    return ", ".join(str(each) for each in value) if isinstance(value, list | tuple) else value


@cache
def _blank() -> SafeString:
    # Cached for performance: a page may show dozens of identical blanks.
    return SafeString(get_template("ui/_blank.html").render())


@register.filter
def options(choices: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """Return the `<option>` tags of (value, label) choices, with `chosen` selected.

    Built here rather than in a template, since a list of countries has 250 of them.
    """
    tags = (
        (value, SafeString(" selected") if value == chosen else "", label)
        for value, label in choices
    )
    return format_html_join("\n", '<option value="{}"{}>{}</option>', tags)


CELL = re.compile(r"<(tr|td|th)(?=[\s>])([^>]*)>")


@register.filter
def with_roles(rows: SafeString) -> SafeString:
    """Add ARIA roles to the rows and cells of the HTML of a table.

    Some browsers drop these roles in tables styled as cards.
    """
    return SafeString(CELL.sub(_with_role, rows))


def _with_role(tag: re.Match[str]) -> str:
    name, attributes = tag.groups()
    if " role=" in attributes:
        return tag[0]
    heading = "columnheader" if 'scope="col"' in attributes else "rowheader"
    role = {"tr": "row", "td": "cell", "th": heading}[name]
    return f'<{name} role="{role}"{attributes}>'
