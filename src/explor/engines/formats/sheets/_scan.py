"""Splitting of the Markdown text of a sheet into passages: title, fields, sections..."""

import re
from dataclasses import dataclass, field
from typing import Literal

from ._inline import links_in, plain
from ._layout import INFO, LEAD, Entry, block_of, entry_of, is_landmark, section_of
from ._text import atx, fenced_lines, fold, heading_of
from ._values import BULLET

_BOLD = re.compile(
    r"(?:[-*+]\s+)?(\*\*|__)(?P<label>[^*_]{1,80}?)(?P<colon>\s*:)?\s*\1\s*(?P<value>.*)$"
)
_PLAIN = re.compile(r"(?:[-*+]\s+)?(?P<label>[^:*\[\]<>]{2,60}?)\s*:\s*(?P<value>.*)$")
_RULE = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,})\s*$")
_ADDRESS = re.compile(r"\s*<?https?://\S+\s*")
_ESCAPED = re.compile(r"( {0,3})\\(\\*#.*)$")

Role = Literal["title", "status", "name", "field", "section", "stray"]


@dataclass(kw_only=True)
class Passage:
    """Consecutive lines of a sheet with one role; `first` is the number of the first line, from 1.

    `label` is the label or heading in the file, `entry` the field that it means, None when unknown.
    `under` is true for a label written as a heading, with its value below an empty line.
    """

    role: Role
    first: int
    label: str
    entry: Entry | None = None
    under: bool = False
    lines: list[str] = field(default_factory=list)

    def has_value(self) -> bool:
        return any(line.strip() for line in self.lines)


def is_structural(line: str) -> bool:
    """Return whether a line is a heading that names a section or block of the sheet."""
    heading = heading_of(line)
    return heading is not None and is_landmark(plain(heading[1]))


def escape_headings(text: str) -> str:
    """Escape with a backslash the headings of a text that would start a section of the sheet."""
    lines = text.split("\n")
    fenced = fenced_lines(lines)
    for i, line in enumerate(lines):
        match = re.match(r"( {0,3})(\\*)(#.*)$", line) if i not in fenced else None
        if match and is_structural(match[1] + match[3]):
            lines[i] = f"{match[1]}\\{match[2]}{match[3]}"
    return "\n".join(lines)


def unescape_heading(line: str) -> str:
    match = _ESCAPED.match(line)
    if match and is_structural(match[1] + match[2].lstrip("\\")):
        return match[1] + match[2]
    return line


def _is_link(line: str) -> bool:
    """Return whether the line consists of a single link."""
    first = next(links_in(line), None)
    return first is not None and (first.start, first.end) == (0, len(line))


class Scanner:
    """The scan of the text of a sheet; `passages` is the result, in the order of the file."""

    def __init__(self, text: str) -> None:
        self.passages: list[Passage] = []
        self.block: str | None = INFO
        self.level = 0
        self.gap = False
        self.roles_read: set[Role] = set()
        self.current: Passage | None = None
        self.bullet: int | None = None  # the indent of the bullet at the start of the current field
        lines = atx(text.split("\n"))
        fenced = fenced_lines(lines)
        for i, line in enumerate(lines):
            heading = heading_of(line) if i not in fenced else None
            if heading and self._opens(*heading):
                self._heading(i + 1, *heading)
            else:
                self._line(i + 1, line if i in fenced else unescape_heading(line))

    def _opens(self, level: int, text: str) -> bool:
        """Return whether a heading ends the current section, instead of being part of its text."""
        return self.block is not None or level <= self.level or is_landmark(plain(text))

    def _heading(self, number: int, level: int, text: str) -> None:
        name = plain(text).strip().removesuffix(":").strip()
        section, block = section_of(name), block_of(name)
        inside = self.block is not None and (level > self.level or self.level == 0)
        if section or block:
            self.block, self.level = block, level
            self.current = None
            if section:
                self._begin("section", number, name, section)
        elif inside and self._part_of_block(number, name, text):
            return
        else:
            self.block, self.level = (None, level) if self.level else (self.block, 0)
            self._begin("stray", number, name)

    def _part_of_block(self, number: int, name: str, text: str) -> bool:
        """Start the passage of a heading inside a block; return False if the heading has no role.

        The role of a heading is the title, the status, the name of the lead organisation, or a
        field.
        """
        self.gap = False
        entry = entry_of(name, self.block or INFO)
        status = self.block == INFO and (fold(name) + " ").startswith(("projet ", "statut "))
        if entry:
            self._begin("field", number, name, entry).under = True
        elif (
            status
            and "status" not in self.roles_read
            and ("title" in self.roles_read or name.isupper())
        ):
            self._begin("status", number, name, entry_of("statut", INFO), text)
        elif self.block == INFO and "title" not in self.roles_read and self.level == 0:
            self._begin("title", number, name, entry_of("titre", INFO), text)
        elif self.block == LEAD and "name" not in self.roles_read:
            self._begin("name", number, name, entry_of("nom", LEAD), text)
        else:
            return False
        if not entry:
            self.current = None
        return True

    def _begin(
        self, role: Role, first: int, label: str, entry: Entry | None = None, *lines: str
    ) -> Passage:
        self.current = Passage(role=role, first=first, label=label, entry=entry, lines=list(lines))
        if role == "field" and not lines:
            self.current.lines.append("")
        self.passages.append(self.current)
        self.roles_read.add("name" if entry and entry.field == "lead_organisation.name" else role)
        return self.current

    def _line(self, number: int, line: str) -> None:
        if self.block is None:
            if self.current:
                self.current.lines.append(line)
        elif not line.strip() or _RULE.match(line):
            self.gap = True
        elif not self._field(number, line):
            self._continuation(number, line)

    def _field(self, number: int, line: str) -> bool:
        """Start the passage of a line « **Label** : value », or « Label : value » if it is known.

        Returns False, and does nothing, for any other line.
        """
        indent = len(line) - len(line.lstrip()) if BULLET.match(line) else None
        line = line.strip()
        match = _BOLD.match(line)
        value = match["value"] if match else ""
        if match and not match["colon"]:
            value = value.removeprefix(":").lstrip()
        elif not match and (match := _PLAIN.match(line)):
            beside = None not in (indent, self.bullet) and (indent or 0) <= (self.bullet or 0)
            if not beside and not entry_of(plain(match["label"]), self.block or INFO):
                return False
            value = match["value"]
        if not match:
            return False
        label = plain(match["label"]).strip()
        entry = entry_of(label, self.block or INFO)
        self.gap, self.bullet = False, indent
        self._begin("field" if entry else "stray", number, label, entry, value)
        return True

    def _continuation(self, number: int, line: str) -> None:
        """Add a line without a label to the value of the current passage, or start a new passage.

        A passage starts when the line is only a link, or when an empty line has ended the value;
        after an empty line, only a bullet is added to a list, or a first line to an empty value
        that allows it.
        """
        current, bullet = self.current, bool(BULLET.match(line))
        joined = current is not None and not self.gap
        if current and self.gap and not current.has_value():
            joined = bullet or current.under
        elif current and self.gap:
            joined = bullet and bool(BULLET.match(current.lines[-1]))
        self.gap = False
        address = _ADDRESS.fullmatch(line)
        if joined and current and not address:
            current.lines.append(line)
        elif address or _is_link(line.strip()):
            self._begin("field", number, "lien", entry_of("lien", LEAD), line)
        else:
            self._begin("stray", number, line.strip()[:60], None, line)
