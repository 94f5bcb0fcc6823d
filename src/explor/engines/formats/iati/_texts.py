"""Texts of an IATI file: their paragraphs, their markup and their language.

The language of a text is guessed from its words, not from its tag, since many files tag French
texts as English.
"""

import re
from collections.abc import Sequence
from html import unescape
from typing import Any

from explor.engines.formats.sheets import clean_line

from ._remarks import Remarks

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FRENCH = frozenset("le la les des une dans pour est sont avec sur aux du et au ce cette".split())
ENGLISH = frozenset("the of and to in for is are with on by this that from will an at".split())
NAMES = {"fr": "français", "en": "anglais", "es": "espagnol", "pt": "portugais", "de": "allemand"}
_BLOCKS = "p|div|h[1-6]|ul|ol|table|tr|blockquote"
_MARKUP = re.compile(
    rf"</?(?:{_BLOCKS}|br|li|td|th|tbody|thead|b|i|u|em|strong|span|a|font|sup|sub|script|style)"
    r"(?:\s[^<>]*)?/?>",
    re.I,
)
_BLOCK = re.compile(rf"</?(?:{_BLOCKS})(?:\s[^<>]*)?/?>", re.I)
_UNSAID = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)", re.I | re.S)
_ADDRESS = re.compile(r"<a\s[^<>]*?href=[\"'](https?://[^\"'<>\s]+)[\"'][^<>]*>([^<>]*)</a>", re.I)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[\da-f]{1,5}|[a-z]{2,8}\d?);", re.I)


def narrative(elements: Sequence[Any], what: str, remarks: Remarks) -> str | None:
    """Return the text of elements on one line, in French if possible; None when blank.

    Version 1 gives one element per language. Adds the same remarks as `paragraphs`, and counts the
    other texts in the language of the one returned; the plural of `what` is regular.
    """
    kept = list(dict.fromkeys(clean_line(text) for text in _kept(elements, what, remarks)))
    for other in kept[1:]:
        remarks.count(f"autre {what}", f"autres {what}s", 1, (other or "")[:60])
    return kept[0] if kept else None


def paragraphs(element: Any, what: str, remarks: Remarks) -> str | None:
    """Return the Markdown text of an element, in French if possible; None when blank.

    A blank line separates paragraphs. Adds a remark for a text tagged with the wrong language, and
    counts texts in other languages; `what` is the French name of the element in remarks.
    """
    return "\n\n".join(dict.fromkeys(_kept([element], what, remarks))) or None


def _kept(elements: Sequence[Any], what: str, remarks: Remarks) -> list[str]:
    texts = [pair for element in elements if element is not None for pair in _narratives(element)]
    for tag, text in texts:
        spoken = language_of(text)
        if spoken and tag in NAMES and spoken != tag:
            remarks.add(f"Le {what} est en {NAMES[spoken]}, mais marqué comme {NAMES[tag]}.")
    kept = _chosen(texts)
    others = [tag for tag, text in texts if text not in kept]
    names = ", ".join(dict.fromkeys(NAMES.get(tag, tag) for tag in others if tag))
    remarks.count("texte dans une autre langue", "textes dans d’autres langues", len(others), names)
    return kept


def name_of(element: Any) -> str | None:
    """Return the name in an element on one line; None when it has none."""
    return next(iter(names_of(element)), None)


def names_of(element: Any) -> list[str]:
    """Return the names in an element, each on one line; those in French, if any, come first."""
    if element is None:
        return []
    texts = [text for _, text in _narratives(element)]
    names = map(clean_line, dict.fromkeys([*_kept([element], "nom", Remarks()), *texts]))
    return [name for name in names if name]


def _narratives(element: Any) -> list[tuple[str, str]]:
    """Return (language, text) for each non-empty narrative of an element."""
    around = next((str(a.get(LANG)) for a in element.iterancestors() if a.get(LANG)), "")
    each = element.findall("narrative") or [element]  # text without narrative, as in version 1
    pairs = (
        (str(one.get(LANG) or element.get(LANG) or around).lower()[:2], plain(_inside(one)))
        for one in each
    )
    return [(tag, text) for tag, text in pairs if text]


def _chosen(texts: list[tuple[str, str]]) -> list[str]:
    """Return the texts to keep: the French ones, or else those in the language of the first one."""
    spoken = [(language_of(text) or tag, text) for tag, text in texts]
    french = [text for language, text in spoken if language == "fr"]
    return french or [text for language, text in spoken if language == spoken[0][0]]


def _inside(element: Any) -> str:
    """Return the text of an element, with its child elements as markup."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            parts += [f"<{child.tag}>", _inside(child), f"</{child.tag}>"]
        parts.append(child.tail or "")
    return "".join(parts)


def plain(text: str) -> str:
    """Return a text without markup, with a blank line between paragraphs."""
    if _MARKUP.search(unescape(text)) and not _MARKUP.search(text):
        text = unescape(text)  # unescape twice, for text escaped twice
    if _MARKUP.search(text):
        text = _without_markup(text)
    text = _ENTITY.sub(lambda m: unescape(m[0]), text)
    lines = (re.sub(r"^[•·▪]\s*", "- ", " ".join(line.split())) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _without_markup(text: str) -> str:
    """Return the text of an HTML fragment: blocks become paragraphs, `li` elements get a dash."""
    text = _UNSAID.sub("", text)
    text = " ".join(text.split("\n")) if _BLOCK.search(text) else text
    text = _ADDRESS.sub(lambda m: m[2] if m[1] in m[2] else f"{m[2]} ({m[1]})", text)
    text = re.sub(r"<li(?:\s[^<>]*)?>", "\n- ", text, flags=re.I)
    text = re.sub(r"<br\s*/?>|</tr\s*>", "\n", text, flags=re.I)
    text = _BLOCK.sub("\n\n", text)
    return _MARKUP.sub(lambda m: " " if m[0][:3].lower() in ("<td", "<th") else "", text)


def language_of(text: str) -> str:
    """Return the language of a text by its frequent words: "fr", "en", or "" if unclear."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    french, english = (sum(w in known for w in words) for known in (FRENCH, ENGLISH))
    return "" if abs(french - english) < 2 else ("fr" if french > english else "en")
