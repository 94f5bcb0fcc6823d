"""Reading of a sheet in a saved web page: headings, lists, tables, « label : value » lines.

The page of a sheet of ours holds its complete data, which are read. Any other page is converted to
Markdown, which is then parsed as a sheet. Scripts, styles, forms and menus are removed, and a note
says so.
"""

from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from ._jsonld import complete_data
from ._layout import ENTRIES, is_landmark
from ._markdown import read_sheet
from ._reading import Note, Reading, UnreadableSheet
from ._text import clean_line, escape, fold, is_safe_url

MAX_BYTES = 5_000_000
MAX_DEPTH = 200
DROPPED = {
    "script": "programmes",
    "style": "styles",
    "form": "formulaires",
    "iframe": "cadres",
    "object": "objets",
    "svg": "dessins",
    "img": "images",
    "video": "vidéos",
    "nav": "menus",
    "footer": "pied de page",
    "noscript": "textes de secours",
    "template": "modèles",
    "head": "",
}
BLOCKS = frozenset(
    "address article aside blockquote dd div dl dt fieldset figure h1 h2 h3 h4 h5 h6 header hr li "
    "main ol p pre section table tbody td th thead tr ul body html".split()
)
LINE, ITEM = "\n", ", "
LABELS = frozenset(label for entry in ENTRIES for label in entry.labels)


def read_html(data: bytes) -> Reading:
    """Return the sheet of a web page, with reports and notes (see `Reading`).

    Raises UnreadableSheet, in French, when the page has no sheet, is too large or too deeply
    nested.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableSheet(f"La page dépasse {MAX_BYTES // 1_000_000} Mo.")
    if not data.strip():
        raise UnreadableSheet("Le fichier est vide.")
    root = _parsed(data)
    for script in root.xpath("//script[@type='application/ld+json']"):
        if (own := complete_data(script.text or "")) is not None:
            return own
    dropped = _drop(root)
    main = root.xpath("(//main | //article | //*[@role='main'])[1]")
    text = "\n".join(_lines(main[0] if main else root))
    reading = read_sheet(_titled(text, root))
    notes = [Note(text=f"Laissés de côté : {', '.join(dropped)}.")] if dropped else []
    return Reading(sheet=reading.sheet, fields=reading.fields, notes=(*reading.notes, *notes))


def _parsed(data: bytes) -> Any:
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding=None)
    if _declares_nothing(data):
        parser = html.HTMLParser(
            no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8"
        )
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as fault:
        raise UnreadableSheet("Ce fichier n’est pas une page web lisible.") from fault
    depth = max((sum(1 for _ in leaf.iterancestors()) for leaf in _deep(root)), default=0)
    if depth > MAX_DEPTH:
        raise UnreadableSheet(f"La page imbrique plus de {MAX_DEPTH} éléments : refusée.")
    return root


def _declares_nothing(data: bytes) -> bool:
    """Return whether a web page declares no charset, and is valid UTF-8."""
    if b"charset" in data[:4096].lower():
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _deep(root: Any) -> Iterator[Any]:
    """Yield the first thousand leaf elements, enough to measure how deep the page is nested."""
    leaves = (each for each in root.iter() if len(each) == 0)
    return (leaf for _, leaf in zip(range(1000), leaves, strict=False))


def _drop(root: Any) -> list[str]:
    """Remove from a page the elements that are not content (scripts, menus...).

    Returns the French names of the kinds removed.
    """
    removed: dict[str, None] = {}
    for tag, name in DROPPED.items():
        for element in list(root.iter(tag)):
            if name:
                removed[name] = None
            if element.getparent() is not None:
                element.drop_tree()
    return list(removed)


def _titled(text: str, root: Any) -> str:
    if "# Fiche projet" in text:
        return text
    title = clean_line(root.findtext(".//title") or "") or ""
    return f"# Fiche projet - {escape(title)}\n\n{text}" if title else text


def _lines(element: Any) -> Iterator[str]:
    """Yield the lines of Markdown of an HTML element, its children included."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        yield from _heading(tag, _inline(element))
    elif tag == "dl":
        yield from _definitions(element)
    elif tag == "table":
        yield from _table(element)
    elif tag in ("ul", "ol"):
        yield from (*_items(element, ""), "")
    elif not any(child.tag in BLOCKS for child in element.iterdescendants()):
        yield from _paragraph(_inline(element, LINE))
    else:
        yield from _mixed(element)


def _mixed(element: Any) -> Iterator[str]:
    loose = [escape(element.text or "")]
    for child in element:
        if child.tag in BLOCKS:
            yield from _paragraph("".join(loose))
            yield from _lines(child)
            loose = []
        else:
            loose.append(LINE if child.tag == "br" else _inline(child, LINE))
        loose.append(escape(child.tail or ""))
    yield from _paragraph("".join(loose))


def _heading(tag: str, text: str) -> Iterator[str]:
    if not text:
        return
    if tag == "h1":
        bare = text if fold(text).startswith("fiche projet") else f"Fiche projet - {text}"
        yield from (f"# {bare}", "")
    elif is_landmark(text):
        yield from ("", f"## {text}", "")
    else:
        yield from ("", f"### {text}", "")


def _items(element: Any, indent: str) -> Iterator[str]:
    """Yield the items of a list as lines of Markdown, the lists inside them indented."""
    for number, item in enumerate(element.iterchildren("li"), 1):
        inside = [each for each in item.iterdescendants("ul", "ol") if _is_nearest(each, item)]
        for each in inside:
            each.getparent().remove(each) if not (each.tail or "").strip() else each.drop_tag()
        mark = f"{number}." if element.tag == "ol" else "-"
        yield f"{indent}{mark} {_inline(item)}"
        for each in inside:
            yield from _items(each, f"{indent}  ")


def _is_nearest(nested: Any, item: Any) -> bool:
    """Return whether `item` is the closest list item that contains the list `nested`."""
    return next(nested.iterancestors("li"), None) is item


def _definitions(element: Any) -> Iterator[str]:
    label = ""
    for child in element.iter("dt", "dd"):
        if child.tag == "dt":
            label = _inline(child).rstrip(" :")
        else:
            yield from (_field(label, _inline(child, ITEM)), "")


def _table(element: Any) -> Iterator[str]:
    for row in element.iter("tr"):
        cells = [_inline(cell, ITEM) for cell in row.iter("td", "th")]
        if len(cells) == 2:
            yield from (_field(cells[0].rstrip(" :"), cells[1]), "")
        elif any(cells):
            yield from (" · ".join(filter(None, cells)), "")


def _paragraph(text: str) -> Iterator[str]:
    lines = [" ".join(line.split()) for line in text.split("\n")]
    lines = [line for line in lines if line]
    if not lines:
        return
    label, colon, value = " ".join(lines).partition(":")
    if colon and fold(label) in LABELS:
        lines = [_field(label, value)]
    yield from (*lines, "")


def _field(label: str, value: str) -> str:
    return f"**{label.strip(' *')}** : {value.strip(' *')}"


def _inline(element: Any, between: str = " ") -> str:
    """Return the text of an HTML element as Markdown, with its safe links only.

    `between` is written for a line break and between the blocks inside: a space, a line break, or a
    comma in the value of a field whose lines are items.
    """
    text = "".join(_pieces(element, between))
    if between == LINE:
        return text
    parts = (" ".join(part.split()).strip(" ,") for part in text.split(between))
    return between.join(part for part in parts if part) if between == ITEM else " ".join(parts)


def _pieces(element: Any, between: str) -> Iterator[str]:
    yield escape(element.text or "")
    for child in element:
        inner = _inline(child, between) if isinstance(child.tag, str) else ""
        if child.tag == "a" and inner.strip() and is_safe_url(url := child.get("href") or "#"):
            inner = f"[{inner.strip()}]({url.strip().replace(' ', '%20')})"
        around = between if child.tag in BLOCKS or child.tag == "br" else ""
        yield from (around, inner, around if child.tag != "br" else "", escape(child.tail or ""))
