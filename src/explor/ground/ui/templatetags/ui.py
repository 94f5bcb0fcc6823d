"""`{% ui "badge" label=… %}` draws a component; `{% uiblock "panel" title=… %}…` wraps with one."""

import re
from functools import cache, lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString

from explor.ground.ui import icons
from explor.ground.ui.components import COMPONENTS

register = template.Library()


@register.simple_tag(takes_context=True)
def ui(context: Context, name: str, **props: Any) -> SafeString:
    """Draw a component that stands alone."""
    if COMPONENTS[name].pure:
        return _drawn(name, **props)
    return _draw(context, name, props, block=False)


@register.simple_block_tag(takes_context=True)
def uiblock(context: Context, content: str, name: str, **props: Any) -> SafeString:
    """Draw a component around a block."""
    return _draw(context, name, props, block=True, content=content)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw one of our icons; a word follows it."""
    return icons.icon(name)


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


@lru_cache(1024, typed=True)  # typed: a text that is marked safe is not its equal that is not
def _drawn(name: str, **props: Any) -> SafeString:
    """Draw a component that depends on its props alone, once for equal props."""
    return _draw(Context(), name, props, block=False)


@register.filter
def or_blank(value: Any) -> Any:
    """Show « -- » for a blank value, and a list on one line."""
    if value in (None, "", [], ()):
        return _blank()
    return ", ".join(str(each) for each in value) if isinstance(value, list | tuple) else value


@cache
def _blank() -> SafeString:
    # Cached: a page may show dozens of blanks, all alike.
    return SafeString(get_template("ui/_blank.html").render())


CELL = re.compile(r"<(tr|td|th)(?=[\s>])([^>]*)>")


@register.filter
def with_roles(rows: SafeString) -> SafeString:
    """Add ARIA roles to rows and cells: some browsers forget them in tables shown as cards."""
    return SafeString(CELL.sub(_with_role, rows))


def _with_role(tag: re.Match[str]) -> str:
    name, attributes = tag.groups()
    if " role=" in attributes:
        return tag[0]
    heading = "columnheader" if 'scope="col"' in attributes else "rowheader"
    role = {"tr": "row", "td": "cell", "th": heading}[name]
    return f'<{name} role="{role}"{attributes}>'
