"""Accessibility rules of the RGAA that need no browser, checked on the HTML of a page.

A rule yields the elements that break it. A rule marked `whole` applies only to a complete page, not
to a fragment.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from lxml import etree

from .grammar import faults_of_grammar

Rule = Callable[["Page"], Iterator[Any]]
RULES: list[tuple[str, str, bool, Rule]] = []
# Link texts that do not name the target page.
VAGUE_LINKS = {
    "ici",
    "cliquez ici",
    "lien",
    "lire",
    "lire la suite",
    "suite",
    "en savoir plus",
    "plus",
}
LAYOUT = {"center", "font", "big", "strike", "tt", "basefont", "u"}
PRESENTATION_ATTRIBUTES = {
    "align",
    "bgcolor",
    "valign",
    "hspace",
    "vspace",
    "background",
    "style",
    "border",
}
ROLES = {
    *("alert", "alertdialog", "application", "article", "banner", "button", "cell", "checkbox"),
    *("columnheader", "combobox", "complementary", "contentinfo", "dialog", "document", "feed"),
    *("figure", "form", "grid", "gridcell", "group", "heading", "img", "link", "list", "listbox"),
    *("listitem", "log", "main", "math", "menu", "menubar", "menuitem", "meter", "navigation"),
    *("none", "note", "option", "presentation", "progressbar", "radio", "radiogroup", "region"),
    *("row", "rowgroup", "rowheader", "search", "searchbox", "separator", "slider", "spinbutton"),
    *("status", "switch", "tab", "table", "tablist", "tabpanel", "term", "textbox", "timer"),
    *("toolbar", "tooltip", "tree", "treeitem"),
}
TOKENS = {
    *("on", "off", "name", "given-name", "family-name", "email", "username", "new-password"),
    *("current-password", "one-time-code", "organization", "organization-title", "tel", "url"),
    *("street-address", "postal-code", "address-level1", "address-level2", "country", "bday"),
    *("country-name", "language", "sex", "webauthn", "address-line1", "address-line2", "nickname"),
}
NO_FIELD = {"hidden", "submit", "button", "reset", "image"}
FOCUSED = {"a", "button", "input", "select", "textarea", "summary", "iframe", "audio", "video"}
POINTED = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "list")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Page:
    """The elements of a page by tag, in the order of the page, with helpers for the rules."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.whole = b"<html" in body[:2000].lower()
        self.root = etree.fromstring(body, etree.HTMLParser(encoding="utf-8"))
        self.all = [] if self.root is None else list(self.root.iter(etree.Element))
        self.by_tag: defaultdict[str, list[Any]] = defaultdict(list)
        self.having: defaultdict[str, list[Any]] = defaultdict(list)
        for each in self.all:
            self.by_tag[each.tag].append(each)
            for attribute in each.keys():  # noqa: SIM118
                self.having[attribute].append(each)
        self.ids = Counter(each.get("id") for each in self.having["id"])
        self.labelled = {each.get("for") for each in self.by_tag["label"] if name_of(each, self)}

    def tags(self, *names: str) -> list[Any]:
        return [each for name in names for each in self.by_tag[name]]

    @property
    def fields(self) -> list[Any]:
        return [
            each
            for each in self.tags("input", "select", "textarea")
            if each.get("type", "text") not in NO_FIELD
        ]

    def element(self, key: str) -> Any:
        return next((each for each in self.having["id"] if each.get("id") == key), None)


def rule(criterion: str, fault: str, *, whole: bool = False) -> Callable[[Rule], Rule]:
    """Register a rule under its criterion; `fault` describes the elements that the rule yields."""

    def keep(function: Rule) -> Rule:
        RULES.append((criterion, fault, whole, function))
        return function

    return keep


def faults(body: bytes) -> list[tuple[str, str]]:
    """Return each fault of a page: the criterion, the fault and the element."""
    page = Page(body)
    return [
        (criterion, f"{fault}: {shown(each)}")
        for criterion, fault, whole, check in RULES
        if page.whole or not whole
        for each in check(page)
    ]


def shown(element: Any) -> str:
    if isinstance(element, str):
        return element
    source = etree.tostring(element, encoding="unicode", with_tail=False)
    return " ".join(source.split())[:200]


def text_of(element: Any) -> str:
    return " ".join("".join(element.itertext(etree.Element)).split())


def name_of(element: Any, page: Page) -> str:
    """Return the accessible name of an element, close to the name that a browser computes."""
    if keys := element.get("aria-labelledby"):
        found = [page.element(key) for key in keys.split()]
        return " ".join(text_of(each) for each in found if each is not None)
    if label := element.get("aria-label", "").strip():
        return str(label)
    inside = [text_of(element)]
    for each in element.iter("img", "svg", "input"):
        inside += [each.get("alt", ""), each.get("aria-label", ""), each.get("value", "")]
    return " ".join(filter(None, inside)) or element.get("title", "").strip()


def hidden(element: Any) -> bool:
    """Return whether assistive technologies ignore an element."""
    return any(
        each.get("aria-hidden") == "true" or "hidden" in each.attrib
        for each in (element, *element.iterancestors())
    )


def inside(element: Any, *tags: str) -> Any:
    return next(element.iterancestors(*tags), None)


def focused(element: Any) -> bool:
    """Return whether an element can receive the keyboard focus."""
    if element.get("tabindex", "").lstrip("-").isdigit():
        return int(element.get("tabindex")) >= 0
    if element.tag == "a":
        return "href" in element.attrib
    return element.tag in FOCUSED and element.get("type") != "hidden"


# Images, frames, media


@rule("1.1", "picture without alternative")
def pictures(page: Page) -> Iterator[Any]:
    for each in page.tags("img", "area"):
        if "alt" not in each.attrib and not hidden(each):
            yield each
    for each in page.having["role"]:
        if each.get("role") == "img" and not hidden(each):
            title = each.find("{*}title") if each.tag == "svg" else None
            if not name_of(each, page) and title is None:
                yield each


@rule("1.2", "drawing that is neither hidden nor named")
def drawings(page: Page) -> Iterator[Any]:
    for each in page.tags("svg"):
        named = each.get("role") in ("img", "group") and name_of(each, page)
        drawn = any(above.get("role") == "img" for above in each.iterancestors())
        if not named and not drawn and inside(each, "svg") is None and not hidden(each):
            yield each


@rule("1.9", "caption that is not linked to its picture")
def figures(page: Page) -> Iterator[Any]:
    for each in page.tags("figure"):
        bound = each.get("role") in ("figure", "group") and each.get("aria-label", "").strip()
        if each.find(".//figcaption") is not None and not bound:
            yield each


@rule("2.1", "frame without title")
def frames(page: Page) -> Iterator[Any]:
    yield from (each for each in page.tags("iframe", "frame") if not each.get("title", "").strip())


@rule("4.10", "sound that starts automatically")
def sounds(page: Page) -> Iterator[Any]:
    yield from (each for each in page.tags("audio", "video") if "autoplay" in each.attrib)


# Tables


def is_layout(table: Any) -> bool:
    return table.get("role") in ("presentation", "none")


@rule("5.1", "complex table, which would need a summary")
def complex_tables(page: Page) -> Iterator[Any]:
    for each in page.tags("th"):
        spans = {each.get("rowspan", "1"), each.get("colspan", "1")} - {"1"}
        if spans and not is_layout(each.getparent()):
            yield each
    yield from (each for each in page.tags("thead") if len(each.findall("tr")) > 1)


@rule("5.4", "table without title")
def captions(page: Page) -> Iterator[Any]:
    for each in page.tags("table"):
        caption = each.find("caption")
        titled = caption is not None and text_of(caption)
        if not is_layout(each) and not titled and not name_of_table(each, page):
            yield each


def name_of_table(table: Any, page: Page) -> str:
    return table.get("aria-label", "") or (
        name_of(table, page) if "aria-labelledby" in table.attrib else ""
    )


@rule("5.6", "table without header")
def headers(page: Page) -> Iterator[Any]:
    for each in page.tags("table"):
        if not is_layout(each) and each.find(".//td") is not None and each.find(".//th") is None:
            yield each


@rule("5.7", "header without scope")
def scopes(page: Page) -> Iterator[Any]:
    for each in page.tags("th"):
        table = inside(each, "table")
        scoped = each.get("scope") in ("row", "col", "rowgroup", "colgroup")
        if table is not None and not is_layout(table) and not scoped:
            yield each


@rule("5.8", "layout table with elements of a data table")
def layouts(page: Page) -> Iterator[Any]:
    for each in page.tags("table"):
        if is_layout(each) and next(each.iter("th", "caption", "thead"), None) is not None:
            yield each


# Links, buttons, scripts


@rule("6.1", "link whose text does not name its target")
def links(page: Page) -> Iterator[Any]:
    for each in page.tags("a"):
        leads_away = not each.get("href", "#").startswith("#")
        if leads_away and name_of(each, page).lower().strip(" .…»") in VAGUE_LINKS:
            yield each


@rule("6.1", "accessible name that omits the visible words")
def names(page: Page) -> Iterator[Any]:
    for each in page.tags("a", "button"):
        label = re.findall(r"\w+", each.get("aria-label", "").lower())
        if label and set(re.findall(r"\w+", text_of(each).lower())) - set(label):
            yield each


@rule("6.2", "link without text")
def empty_links(page: Page) -> Iterator[Any]:
    for each in page.tags("a"):
        if "href" in each.attrib and not name_of(each, page) and not hidden(each):
            yield each


@rule("7.1", "unknown role")
def roles(page: Page) -> Iterator[Any]:
    yield from (each for each in page.having["role"] if each.get("role") not in ROLES)


@rule("7.3", "control that the keyboard does not reach")
def controls(page: Page) -> Iterator[Any]:
    for each in (*page.having["onclick"], *page.having["role"]):
        acts = "onclick" in each.attrib or each.get("role") in ("button", "link", "tab", "switch")
        if acts and each.get("aria-disabled") != "true" and not focused(each):
            yield each


# Required elements


@rule("8.1", "page without document type", whole=True)
def doctypes(page: Page) -> Iterator[Any]:
    if not page.body.lstrip()[:15].lower().startswith(b"<!doctype html"):
        yield page.body[:60].decode("utf-8", "replace")


@rule("8.2", "identifier that appears twice")
def identifiers(page: Page) -> Iterator[Any]:
    yield from (key or "empty id" for key, count in page.ids.items() if count > 1 or not key)


@rule("8.2", "reference to an identifier that the page does not have", whole=True)
def references(page: Page) -> Iterator[Any]:
    for attribute in POINTED:
        for each in page.having[attribute]:
            for key in each.get(attribute).split():
                if key not in page.ids:
                    yield f"{attribute}={key} in {shown(each)[:120]}"


@rule("8.2", "code that HTML forbids", whole=True)
def grammar(page: Page) -> Iterator[Any]:
    yield from faults_of_grammar(page.body)


@rule("8.3", "page without language", whole=True)
def languages(page: Page) -> Iterator[Any]:
    yield from (each for each in page.tags("html")[:1] if not each.get("lang", "").strip())


@rule("8.4", "language that Explor does not support", whole=True)
def known_languages(page: Page) -> Iterator[Any]:
    yield from (
        f"html lang={each.get('lang')}"
        for each in page.tags("html")[:1]
        if each.get("lang", "fr").split("-")[0] not in dict(settings.LANGUAGES)
    )


@rule("8.5", "page without title", whole=True)
def titles(page: Page) -> Iterator[Any]:
    if not any(text_of(each) for each in page.root.iterfind("head/title")):
        yield "head"


@rule("8.6", "title that does not name the page", whole=True)
def named_titles(page: Page) -> Iterator[Any]:
    for each in page.root.iterfind("head/title"):
        if text_of(each).startswith(("–", "-")) or text_of(each) in ("Explor", "Explor – Explor"):
            yield each


@rule("8.8", "invalid language code")
def codes(page: Page) -> Iterator[Any]:
    for each in page.having["lang"]:
        if not re.fullmatch(r"[a-z]{2,3}(-\w{2,8})*", each.get("lang")):
            yield each


@rule("8.9", "element that only serves the layout")
def presentation(page: Page) -> Iterator[Any]:
    for each in page.tags(*LAYOUT):
        yield each
    for each in page.tags("p"):
        if not len(each) and not text_of(each) and not each.attrib:
            yield each
    for each in page.tags("br"):
        after = each.getnext()
        if after is not None and after.tag == "br" and not (each.tail or "").strip():
            yield after.getparent()


# Structure, presentation


@rule("9.1", "page without exactly one main heading", whole=True)
def main_headings(page: Page) -> Iterator[Any]:
    count = len([each for each in page.tags("h1") if not hidden(each)])
    if count != 1:
        yield f"{count} h1"


@rule("9.1", "heading that skips a level, or is empty", whole=True)
def headings(page: Page) -> Iterator[Any]:
    before = 0
    for each in page.root.iter(*HEADINGS):
        if hidden(each):
            continue
        level = int(each.tag[1])
        main = inside(each, "main") is not None
        if not name_of(each, page) or (main and level > before + 1 and before):
            yield each
        before = level if main else before


@rule("9.2", "page without exactly one main part", whole=True)
def mains(page: Page) -> Iterator[Any]:
    if len(page.tags("main")) != 1:
        yield f"{len(page.tags('main'))} main"


@rule("9.2", "navigation without a name that distinguishes it from another", whole=True)
def navigations(page: Page) -> Iterator[Any]:
    labels = Counter(each.get("aria-label", "") for each in page.tags("nav"))
    if len(page.tags("nav")) > 1:
        yield from (f"nav « {label} »" for label, count in labels.items() if count > 1 or not label)


@rule("9.3", "list with a child that is not an item, or item without list", whole=True)
def lists(page: Page) -> Iterator[Any]:
    for each in page.tags("ul", "ol"):
        yield from (child for child in each if child.tag not in ("li", "script", "template"))
    for each in page.tags("li"):
        if each.getparent().tag not in ("ul", "ol", "menu"):
            yield each
    for each in page.tags("dt", "dd"):
        if inside(each, "dl") is None:
            yield each


@rule("10.1", "presentation attribute")
def presentation_attributes(page: Page) -> Iterator[Any]:
    for each in (each for attribute in PRESENTATION_ATTRIBUTES for each in page.having[attribute]):
        if each.tag != "svg" and inside(each, "svg") is None:
            yield each


@rule("10.4", "page that cannot be zoomed", whole=True)
def viewports(page: Page) -> Iterator[Any]:
    for each in page.tags("meta"):
        fixed = re.search(r"user-scalable\s*=\s*no|maximum-scale", each.get("content", ""))
        if each.get("name") == "viewport" and fixed:
            yield each


@rule("10.8", "hidden element that can receive the focus")
def hidden_focus(page: Page) -> Iterator[Any]:
    for each in page.having["aria-hidden"]:
        if each.get("aria-hidden") == "true":
            yield from filter(focused, each.iter(etree.Element))


# Forms


@rule("11.1", "field without label")
def labels(page: Page) -> Iterator[Any]:
    for each in page.fields:
        around = inside(each, "label")
        named = each.get("aria-label") or each.get("title") or name_by_id(each, page)
        if not named and (around is None or not text_of(around)):
            yield each


def name_by_id(field: Any, page: Page) -> str:
    if "aria-labelledby" in field.attrib:
        return name_of(field, page)
    return field.get("id", "") if field.get("id") in page.labelled else ""


@rule("11.5", "choices of one question that are not grouped")
def groups(page: Page) -> Iterator[Any]:
    choices: defaultdict[tuple[Any, str], list[Any]] = defaultdict(list)
    for each in page.tags("input"):
        if each.get("type") in ("radio", "checkbox") and each.get("name"):
            choices[inside(each, "form"), each.get("name")].append(each)
    for each in (found[0] for found in choices.values() if len(found) > 1):
        grouped = any(
            above.tag == "fieldset" or above.get("role") in ("group", "radiogroup", "table")
            for above in each.iterancestors()
        )
        if not grouped and inside(each, "table") is None:
            yield each


@rule("11.6", "group of fields without title")
def legends(page: Page) -> Iterator[Any]:
    for each in (*page.tags("fieldset"), *page.having["role"]):
        if each.tag == "fieldset" or each.get("role") in ("group", "radiogroup"):
            legend = each.find("legend")
            titled = legend is not None and text_of(legend)
            if not titled and not (each.get("aria-label") or each.get("aria-labelledby")):
                yield each


@rule("11.9", "button without name")
def buttons(page: Page) -> Iterator[Any]:
    buttons = [each for each in page.tags("input") if each.get("type") in ("submit", "image")]
    for each in (*page.tags("button"), *buttons):
        named = name_of(each, page) or each.get("value") or each.get("alt")
        if not named and not hidden(each):
            yield each


@rule("11.10", "field in error that its message does not describe", whole=True)
def errors(page: Page) -> Iterator[Any]:
    for each in page.fields:
        if each.get("aria-invalid") == "true":
            keys = [*each.get("aria-describedby", "").split(), each.get("aria-errormessage", "")]
            group = inside(each, "fieldset")
            if group is not None:
                keys += group.get("aria-describedby", "").split()
            if not any(key in page.ids for key in keys):
                yield each


@rule("11.13", "field of personal data without a known purpose")
def purposes(page: Page) -> Iterator[Any]:
    for each in page.tags("input"):
        tokens = each.get("autocomplete", "").split()
        if not set(tokens) <= TOKENS or (each.get("type") == "password" and not tokens):
            yield each


# Navigation, consultation


@rule("12.7", "page without a link that skips to its main part", whole=True)
def skips(page: Page) -> Iterator[Any]:
    first = next((each for each in page.all if each.tag == "a" and "href" in each.attrib), None)
    target = "" if first is None else first.get("href")
    if not target.startswith("#") or target[1:] not in page.ids:
        yield "no link" if first is None else first


@rule("12.8", "tab order different from the order of the page")
def order(page: Page) -> Iterator[Any]:
    for each in page.having["tabindex"]:
        if each.get("tabindex").isdigit() and int(each.get("tabindex")) > 0:
            yield each


@rule("13.1", "page that refreshes automatically")
def refreshes(page: Page) -> Iterator[Any]:
    for each in page.tags("meta"):
        if each.get("http-equiv", "").lower() == "refresh" and inside(each, "noscript") is None:
            yield each


@rule("13.2", "link that opens a window without saying so")
def windows(page: Page) -> Iterator[Any]:
    for each in page.tags("a", "form"):
        if each.get("target") == "_blank" and "fenêtre" not in name_of(each, page):
            yield each


@rule("13.8", "text that moves or blinks")
def moving(page: Page) -> Iterator[Any]:
    yield from page.tags("marquee", "blink")
