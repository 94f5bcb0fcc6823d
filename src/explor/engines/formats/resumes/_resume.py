"""Immutable records of the contents of a resume."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape

LARGEST = 10_000_000  # maximum bytes of a file
MOST = 100  # maximum entries of one kind
BEYOND = f"ce qui suit les {MOST} premières lignes d’une même rubrique"
LINE, TEXT, SKILL = 300, 5_000, 80  # maximum characters of a line
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
DIMENSIONS = ("listening", "reading", "spoken_interaction", "spoken_production", "writing")
PARTIAL = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(?!\d)")


class UnreadableResume(Exception):
    """Error raised for a file that cannot be read as a resume, with a French message."""


@dataclass(frozen=True, kw_only=True)
class Experience:
    """A job or voluntary work; its dates may be partial: 2021, 2021-10, 2021-10-05."""

    position: str = ""
    organisation: str = ""
    start: str = ""
    end: str = ""
    current: bool = False
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class Study:
    """A diploma or a training; its dates may be partial, as in `Experience`."""

    title: str = ""
    organisation: str = ""
    start: str = ""
    end: str = ""
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class Language:
    """A language: its code ("" if unknown), its name in the file, and levels by dimension.

    A level given without dimension applies to all dimensions.
    """

    code: str
    name: str
    mother_tongue: bool = False
    levels: Mapping[str, str] = field(default_factory=dict)

    @property
    def level(self) -> str:
        """Return the lowest of the levels, C2 for a mother tongue, "" when the file gives none."""
        return "C2" if self.mother_tongue else min(self.levels.values(), default="")


@dataclass(frozen=True, kw_only=True)
class Resume:
    """The contents of a resume; `left_aside` lists in French the kinds of contents not read."""

    headline: str = ""
    summary: str = ""
    experiences: tuple[Experience, ...] = ()
    studies: tuple[Study, ...] = ()
    volunteering: tuple[Experience, ...] = ()
    languages: tuple[Language, ...] = ()
    skills: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    left_aside: tuple[str, ...] = ()


def plain(value: object) -> str:
    """Return the text of a value that may hold HTML: one line per block, `TEXT` characters at most.

    A value that is not a text gives "".
    """
    text = value if isinstance(value, str) else ""
    text = re.sub(r"(?i)<(?:br|/p|/li|/div|/h\d)\b[^<>]*>", "\n", text[: 4 * TEXT])
    text = unescape(re.sub(r"</?[a-zA-Z][^<>]*>", " ", text))
    lines = (" ".join(bare(line).split()) for line in text.splitlines())
    return "\n".join(filter(None, lines))[:TEXT]


def bare(text: str) -> str:
    """Return a text without control characters and lone surrogates."""
    return "".join(
        c if c.isprintable() or c.isspace() else " " for c in text if not "\ud800" <= c <= "\udfff"
    )


def line(value: object, most: int = LINE) -> str:
    """Return the text of a value on one line, cut at `most` characters with « … »."""
    text = " ".join(plain(value).split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def partial(value: object) -> str:
    """Return the year, month or day at the start of a value, as an ISO date; "" if none."""
    match = PARTIAL.match(value.strip()) if isinstance(value, str) else None
    return match[0] if match else ""


def skills_of(text: object) -> list[str]:
    """Return the skills in a free text, split at line breaks, semicolons and commas."""
    parts = re.split(r"[\n;,•]", plain(text))
    return [skill for part in parts if (skill := line(part.strip(" .-–*"), SKILL))]


def once(texts: list[str]) -> tuple[str, ...]:
    """Return at most `MOST` texts in order, without blanks and duplicates."""
    return tuple(dict.fromkeys(filter(None, texts)))[:MOST]
