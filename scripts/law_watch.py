"""Compare the articles that laws.csv cites with the codes of a published package.

The package has one JSON tree per code: its title, then sections and articles as children. A row of
laws.csv has the digest of an article, never its text.
"""

import hashlib
import json
import re
import tarfile
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

Row = dict[str, str]
Codes = Mapping[str, Mapping[str, "Published"]]  # by title of the code, then by number

NOT_COVERED = "non couvert"  # what `version` holds when the package lacks the code
TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"'})
TYPOGRAPHY |= str.maketrans({"–": "-", "—": "-", "‑": "-", "‐": "-"})
ENDED = {"ABROGE", "ANNULE", "DEPLACE", "PERIME", "TRANSFERE"}
UNDATED = date(2222, 2, 22)  # LEGI: will end, on a day to be set
NO_END = date(2999, 1, 1)  # LEGI: no end known


class CannotCompare(Exception):
    """Error that prevents the comparison or the recording; the French message gives the reason."""


class Outcome(Enum):
    """The result of the comparison of one row; the values are the French texts of the report."""

    SAME = "sans changement"
    NEW = "jamais comparé"
    IDENTIFIER = "identifiant changé"
    TEXT = "texte changé"
    REPLACED = "remplacé par une version que ce paquet n’a pas"
    REPEALED = "abrogé"
    MISSING = "introuvable"
    NOT_COVERED = NOT_COVERED


AS_PUBLISHED = {Outcome.SAME, Outcome.NEW}
MOVED = set(Outcome) - AS_PUBLISHED - {Outcome.NOT_COVERED}
READABLE = AS_PUBLISHED | {Outcome.IDENTIFIER, Outcome.TEXT}  # the package holds the text in force


@dataclass(frozen=True, kw_only=True)
class Published:
    """An article as the package publishes it. `ends` is the first day without effect."""

    legal_id: str
    digest: str
    state: str
    starts: date
    ends: date

    def is_repealed(self, on: date) -> bool:
        """Return whether the article is repealed or otherwise ended on the day `on`."""
        return self.state in ENDED or (self.state == "ABROGE_DIFF" and self.ends <= on)

    def rank(self, on: date) -> tuple[bool, date]:
        """Return the sort key of versions of one article: that in force on the day `on` comes last.

        Versions in the same situation are sorted by their first day.
        """
        return self.starts <= on < self.ends, self.starts


@dataclass(frozen=True, kw_only=True)
class Package:
    """A published package; `as_of` is the day of the last change among its codes."""

    version: str
    as_of: date
    codes: Codes

    def __str__(self) -> str:
        return f"legi-data {self.version}, codes au {_fr(self.as_of)}"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A row of laws.csv and what became of its article; `published` is None when not found."""

    row: Row
    outcome: Outcome
    published: Published | None = None

    @property
    def name(self) -> str:
        """Return the key, the text and the number of the article."""
        article = ", ".join(each for each in (self.row["text"], self.row["article"]) if each)
        return f"{self.row['id']} ({article})"

    @property
    def sentence(self) -> str:
        """Return the French sentence of the report on this row."""
        text, article = f"{self.name} : {self.outcome.value}", self.published
        if article is None:
            return text
        if self.outcome is Outcome.IDENTIFIER:
            former = self.row["legal_id"]
            return f"{text}, {article.legal_id} depuis le {_fr(article.starts)} au lieu de {former}"
        if self.outcome in (Outcome.REPEALED, Outcome.REPLACED):
            return f"{text}, depuis le {_fr(article.ends)}"
        return text


def normalised(text: str) -> str:
    """Return a text without what typography alone changes: spaces, quotes, dashes."""
    plain = unicodedata.normalize("NFKC", text).translate(TYPOGRAPHY)
    return re.sub(r"\s*([,.;:!?()\"'-])\s*", r"\1", " ".join(plain.split()))


def digest_of(text: str) -> str:
    """Return the SHA-256 of a normalised text, in hexadecimal."""
    return hashlib.sha256(normalised(text).encode()).hexdigest()


def read_package(archive: Path, on: date) -> Package:
    """Read a package from its archive; articles are in the version in force on the day `on`."""
    codes: dict[str, Mapping[str, Published]] = {}
    version, changed = "", [date.min]
    with tarfile.open(archive) as package:
        for member in package:
            name = member.name.partition("/")[2]
            if name == "package.json":
                version = _json(package, member)["version"]
            elif re.fullmatch(r"data/LEGITEXT\w+\.json", name):
                code = _json(package, member)
                codes[code["data"]["title"]] = articles_of(code, on)
                changed.append(date.fromisoformat(code["data"]["dateModif"]))
    return Package(version=version, as_of=max(changed), codes=codes)


def _json(package: tarfile.TarFile, member: tarfile.TarInfo) -> Any:
    file = package.extractfile(member)
    assert file is not None
    return json.load(file)


def articles_of(code: Mapping[str, Any], on: date) -> Mapping[str, Published]:
    """Return the articles of a code by number, in the version in force on the day `on`."""
    articles: dict[str, Published] = {}
    for data in _leaves(code):
        each = Published(
            legal_id=data["id"],
            digest=digest_of(data["texte"]),
            state=data["etat"] or "",
            starts=_day(data["dateDebut"]),
            ends=_day(data["dateFin"]),
        )
        present = articles.get(data["num"])
        if present is None or each.rank(on) > present.rank(on):
            articles[data["num"]] = each
    return articles


def _leaves(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if node["type"] == "article":
        yield node["data"]
    for child in node.get("children", ()):
        yield from _leaves(child)


def _day(milliseconds: int) -> date:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).date()


def _fr(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def compare(rows: Iterable[Row], codes: Codes, on: date) -> list[Finding]:
    """Return one finding per row, in order: how its article compares with the codes.

    `on` is the day on which texts must be in force.
    """
    return [_finding(row, codes, on) for row in rows]


def _finding(row: Row, codes: Codes, on: date) -> Finding:
    code = codes.get(row["text"])
    if code is None:
        # A code that the package held and no longer holds has gone, and must not pass unseen.
        outcome = Outcome.MISSING if row["digest"] else Outcome.NOT_COVERED
        return Finding(row=row, outcome=outcome)
    published = code.get(row["article"].removeprefix("art. "))
    if published is None:
        return Finding(row=row, outcome=Outcome.MISSING)
    return Finding(row=row, outcome=_outcome(row, published, on), published=published)


def _outcome(row: Row, published: Published, on: date) -> Outcome:
    if published.is_repealed(on):
        return Outcome.REPEALED
    if published.ends <= on:
        return Outcome.REPLACED
    if row["legal_id"] not in ("", published.legal_id):
        return Outcome.IDENTIFIER
    if not row["digest"]:
        return Outcome.NEW
    return Outcome.SAME if row["digest"] == published.digest else Outcome.TEXT


def has_moved(findings: Iterable[Finding]) -> bool:
    """Return whether an article must be read again."""
    return any(each.outcome in MOVED for each in findings)


def report(findings: Collection[Finding], package: Package, on: date) -> str:
    """Return the report of a comparison, in French."""
    same = [each for each in findings if each.outcome is Outcome.SAME]
    lines = [f"{package} : {len(same)} sur {len(findings)} sans changement."]
    sections = (
        ("À relire", [each.sentence for each in findings if each.outcome in MOVED]),
        ("Changement annoncé", [_announced(each) for each in findings if _will_end(each, on)]),
        ("Jamais comparés", [each.name for each in findings if each.outcome is Outcome.NEW]),
        (
            "Non couverts par ce paquet, à relire à la source",
            [each.name for each in findings if each.outcome is Outcome.NOT_COVERED],
        ),
    )
    for title, texts in sections:
        if texts:
            lines += ["", f"{title} ({len(texts)}) :", *(f"- {text}" for text in texts)]
    return "\n".join(lines) + "\n"


def _will_end(finding: Finding, on: date) -> bool:
    found = finding.published
    return found is not None and finding.outcome in AS_PUBLISHED and on < found.ends < NO_END


def _announced(finding: Finding) -> str:
    assert finding.published is not None
    ends = finding.published.ends
    when = "à une date qui reste à fixer" if ends == UNDATED else f"le {_fr(ends)}"
    return f"{finding.name} : cette version prend fin {when}"


def updated(
    findings: Collection[Finding], package: Package, *, read: Collection[str] = (), on: date
) -> list[Row]:
    """Return the rows to write in laws.csv.

    The row of an article that did not move gets its digest and version. That of an article that
    moved is unchanged, so that it is reported again until somebody has read it.

    Args:
        findings: the comparison of every row.
        package: the package that they were compared with.
        read: the keys of the articles that somebody has just read again.
        on: the day of this reading.

    Raises:
        CannotCompare: an article of `read` has no text in force in the package.
    """
    readable = {each.row["id"] for each in findings if each.outcome in READABLE}
    if wrong := sorted(set(read) - readable):
        raise CannotCompare(f"Sans texte en vigueur dans ce paquet : {', '.join(wrong)}.")
    return [_updated(each, package, each.row["id"] in read, on) for each in findings]


def _updated(finding: Finding, package: Package, read: bool, on: date) -> Row:
    row, found = finding.row, finding.published
    if finding.outcome is Outcome.NOT_COVERED:
        return {**row, "digest": "", "version": NOT_COVERED}
    if found is None or not (read or finding.outcome in AS_PUBLISHED):
        return row
    version = f"{package.version};{found.starts}"
    recorded = {"legal_id": found.legal_id, "digest": found.digest, "version": version}
    if not read:
        return {**row, **recorded}
    return {**row, **recorded, "source": f"base LEGI ({package})", "read_on": on.isoformat()}
