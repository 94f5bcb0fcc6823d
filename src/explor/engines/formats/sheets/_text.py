"""Normalisation of texts, on one line or in Markdown, with dangerous contents disabled.

`clean_line` and `clean_markdown` return the same text for inputs that only differ in typing or
encoding, and applying them twice changes nothing. For security they disable tags, script links and
direction overrides, and keep the words.
"""

import re
import unicodedata
from functools import cache, lru_cache
from html import unescape as unescape_entities
from itertools import filterfalse

BLANKS = frozenset({"", "--", "-", "–", "—", "---"})
SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Direction overrides can disguise a text; the other characters are invisible, which would make
# equal texts look different to a comparison.
_INVISIBLE = re.compile(r"[\u200b\u202a-\u202e\u2066-\u2069\ufeff]")
# Characters forbidden in XML files, including the last two.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"(?<!\\)(?<!\]\()((?:\\\\)*)<(?!(?:https?://|mailto:)[^\s<>]+>)(?=[A-Za-z/!?])")
_DESTINATION = re.compile(r"(?P<before>\]\([ \t]*\n?[ \t]*<?)(?P<url>[^\n)>]+)")
_DEFINITION = re.compile(r"(?m)^(?P<before>[ >]*\[[^\]\n]*\]:[ \t]*\n?[ \t]*<?)(?P<url>[^\n>]+)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)$")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
_UNDERLINE = re.compile(r" {0,3}(?:={3,}|-{3,})[ \t]*$")
_PUNCTUATION = re.escape("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_MARKED = re.compile(rf"\\([{_PUNCTUATION}])|(&#?\w{{1,31}};)|\*+|`+|__+")
_TO_ESCAPE = r"[\\*_\[\]<>`#|~]|&(?=#?\w+;)"


def is_blank(value: str) -> bool:
    """Return whether a text is empty, or a dash, which marks a blank field in a sheet."""
    return value.strip() in BLANKS


def fold(value: str) -> str:
    """Return a text in lower case, without accents or punctuation, to compare names."""
    spread = unicodedata.normalize("NFKD", value.replace("œ", "oe").replace("Œ", "oe"))
    bare = "".join(filterfalse(unicodedata.combining, spread)).casefold()
    return " ".join(re.findall(r"[^\W_]+", bare))


def legible(value: str) -> str:
    """Return a text without control characters, surrogates and characters forbidden in XML."""
    return value if value.isprintable() else _CONTROLS.sub("", value)


def _readable(value: str) -> str:
    # For performance: most texts need no cleaning except of their lines.
    if value.replace("\n", "").isprintable():
        return unicodedata.normalize("NFC", value)
    value = _LINE_ENDS.sub("\n", value)
    return unicodedata.normalize("NFC", legible(_INVISIBLE.sub("", value)))


def clean_line(value: str | None) -> str | None:
    """Return a text as one line in normal form, without invisible characters; None when blank."""
    line = " ".join(_readable(value or "").split())
    return None if is_blank(line) else line


def is_safe_url(url: str) -> bool:
    """Return whether a URL is relative, or has one of `SAFE_SCHEMES`, which cannot execute code."""
    bare = re.sub(r"[\s\x00-\x20\\]", "", unescape_entities(url))
    scheme = re.match(r"([^/?#:]*):", bare)
    return scheme is None or scheme[1].lower() in SAFE_SCHEMES


def _defuse(match: re.Match[str]) -> str:
    return match[0] if is_safe_url(match["url"]) else match["before"] + "#"


def _close_fences(text: str) -> str:
    mark = open_fence(text.split("\n"))
    return f"{text}\n{mark}" if mark else text


def open_fence(lines: list[str]) -> str | None:
    """Return the marker that closes the code block still open after these lines, or None."""
    mark: str | None = None
    for line in lines:
        mark = fence_after(line, mark)
    return mark


def fence_after(line: str, mark: str | None) -> str | None:
    """Return the marker of the code block open after this line, or None outside of a block.

    `mark` is the marker of the code block open before the line, or None.
    """
    match = _FENCE.match(line)
    if match is None:
        return mark
    ticks, rest = match[1], match[2]
    if mark is None:
        return None if ticks[0] == "`" and "`" in rest else ticks
    return None if ticks.startswith(mark) and not rest.strip() else mark


def fenced_lines(lines: list[str]) -> set[int]:
    """Return the positions of the lines in closed code blocks, whose text is not Markdown."""
    inside: set[int] = set()
    mark, start = None, 0
    for position, line in enumerate(lines):
        after = fence_after(line, mark)
        if mark is None and after is not None:
            start = position
        elif mark is not None and after is None:
            inside.update(range(start, position + 1))
        mark = after
    return inside


def heading_of(line: str) -> tuple[int, str] | None:
    """Return (level from 1 to 6, text) of a Markdown heading; None for any other line."""
    match = _HEADING.match(line)
    if not match:
        return None
    text = line[match.end() :].strip()
    bare = text.rstrip("#")
    closed = not bare or bare[-1] in " \t"
    return len(match[1]), bare.rstrip() if closed else text


def atx(lines: list[str]) -> list[str]:
    """Return the lines, with headings underlined with === or --- written with # or ## instead."""
    done, fenced = list(lines), fenced_lines(lines)
    for i in range(len(lines) - 1):
        alone = i == 0 or not lines[i - 1].strip()
        begun = lines[i][:4].lstrip()[:1]
        under = _UNDERLINE.match(lines[i + 1])
        if under and i not in fenced and alone and (begun.isalpha() or begun == "«"):
            done[i] = ("# " if "=" in under[0] else "## ") + lines[i].strip()
            done[i + 1] = ""
    return done


def _trimmed(line: str) -> str:
    """Return a line without trailing spaces, but keep two spaces that mean a line break."""
    bare = line.rstrip()
    return f"{bare}  " if bare and line.endswith("  ") else bare


def _demoted(lines: list[str]) -> list[str]:
    """Return the lines of a section with headings of level 1 or 2 changed to level 3."""
    lines = atx(lines)
    fenced = fenced_lines(lines)
    for i, line in enumerate(lines):
        heading = heading_of(line) if i not in fenced else None
        if heading and heading[0] < 3:
            lines[i] = f"### {heading[1]}".rstrip()
    return lines


@lru_cache(maxsize=50)  # a sheet is built again when its names become those of our lists
def clean_markdown(value: str | None) -> str | None:
    """Return Markdown in normal form, with tags and script links disabled; None when blank.

    Headings of levels 1 and 2 become level 3, and a code block left open is closed.
    """
    text = _readable(value or "")
    # For performance: each pattern is searched only if its sign occurs.
    text = _TAG.sub(r"\1\\<", text) if "<" in text else text
    if "]" in text:
        text = _DEFINITION.sub(_defuse, _DESTINATION.sub(_defuse, text))
    lines = [_trimmed(line) for line in text.split("\n")]
    if "#" in text or "---" in text or "===" in text:
        lines = _demoted(lines)
    written = [i for i, line in enumerate(lines) if not (is_blank(line) or _RULE.match(line))]
    if not written:
        return None
    kept = "\n".join(lines[written[0] : written[-1] + 1]).rstrip()
    return _close_fences(kept) if "```" in kept or "~~~" in kept else kept


def escape(value: str, extra: str = "") -> str:
    """Return a plain text with the signs of Markdown, and the `extra` characters, escaped."""
    return _signs(extra).sub(lambda match: "\\" + match[0], value)


@cache
def _signs(extra: str) -> re.Pattern[str]:
    return re.compile(f"{_TO_ESCAPE}|[{re.escape(extra)}]" if extra else _TO_ESCAPE)


def unescape(value: str) -> str:
    """Return the plain text of a line of Markdown, without emphasis, escapes and entities."""

    def shown(match: re.Match[str]) -> str:
        if match[1]:
            return match[1]
        return unescape_entities(match[2]) if match[2] else ""

    return _MARKED.sub(shown, value)


def split_unescaped(value: str, separators: str) -> list[str]:
    """Return the parts of a text between separators, except those escaped or inside [brackets].

    Each character of `separators` is a separator.
    """
    parts, depth, start, position = [], 0, 0, 0
    while position < len(value):
        character = value[position]
        if character == "\\":
            position += 1
        elif character == "[":
            depth += 1
        elif character == "]":
            depth = max(0, depth - 1)
        elif depth == 0 and character in separators:
            parts.append(value[start:position])
            start = position + 1
        position += 1
    return [*parts, value[start:]]
