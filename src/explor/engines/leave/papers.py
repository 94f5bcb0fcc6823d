"""The documents that each leave scheme requires, their signers, and their clauses.

The text of the clauses is our own wording; a field of a clause is a name between square brackets.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from .model import Branch
from .tables import SOFTWARE, Article, Row, Tables, cited, split

FIELD: Final = re.compile(r"\[([^\[\]\n]{1,60})\]")


@dataclass(frozen=True, kw_only=True)
class Clause:
    """A clause of a paper: its `text` with fields, and the legal articles that it follows.

    `compulsory`: a legal text requires the content of the clause, so the clause cannot be removed.
    `key` is unique in its paper.
    """

    key: str
    title: str
    text: str
    compulsory: bool
    articles: tuple[Article, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the names of the fields of the text, each once, in order of appearance."""
        return fields_of(self.text)


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper required by leave schemes; `is_agreement` marks the paper that all parties sign.

    `schemes` are the codes of the schemes that require the paper. `signers` are the parties bound
    by the paper: "association", "expert", "employeur", "centre" (training centre of an apprentice)
    or "accueil" (host abroad). `consenting` are the parties that sign only to consent to the points
    in `consent`. `recipients` receive the paper without signing it. `purpose` is a French sentence
    on the legal effect of the paper.
    """

    key: str
    schemes: tuple[str, ...]
    title: str
    is_agreement: bool
    signers: tuple[str, ...]
    consenting: tuple[str, ...]
    consent: str
    recipients: tuple[str, ...]
    purpose: str
    articles: tuple[Article, ...]
    clauses: tuple[Clause, ...]

    @property
    def concerned(self) -> frozenset[str]:
        """Return the parties that sign or receive the paper."""
        return frozenset((*self.signers, *self.consenting, *self.recipients))


def fields_of(text: str) -> tuple[str, ...]:
    """Return the names of the fields of a text, each once, in order of appearance."""
    return tuple(dict.fromkeys(FIELD.findall(text)))


@lru_cache(maxsize=512)
def papers_of(
    code: str, branch: Branch | Literal["private"] | None, tables: Tables = SOFTWARE
) -> tuple[Paper, ...]:
    """Return the papers of a leave scheme for a kind of employer, the agreement first.

    Args:
        code: the code of the scheme.
        branch: the branch of the public service, or "private"; None gives the papers of every kind
            of employer, each clause once with the articles of all of them.
        tables: the tables of the law to read.
    """
    return tuple(
        _paper(row, branch, tables)
        for row in tables.rows("papers")
        if code in split(row["schemes"]) and _applies(row, branch)
    )


@lru_cache(maxsize=8)
def all_papers(tables: Tables = SOFTWARE) -> tuple[Paper, ...]:
    """Return every paper once, with clauses and articles that cover every kind of employer."""
    return tuple(_paper(row, None, tables) for row in tables.rows("papers"))


def _applies(row: Row, branch: str | None) -> bool:
    return branch is None or not row["branches"] or branch in split(row["branches"])


def _paper(row: Row, branch: str | None, tables: Tables) -> Paper:
    clauses: dict[str, list[Row]] = {}
    for each in tables.rows("clauses"):
        if row["key"] in split(each["papers"]) and _applies(each, branch):
            clauses.setdefault(each["clause"], []).append(each)
    return Paper(
        key=row["key"],
        schemes=split(row["schemes"]),
        title=row["title"],
        is_agreement=row["kind"] == "agreement",
        signers=split(row["signers"]),
        consenting=split(row["consenting"]),
        consent=row["consent"],
        recipients=split(row["recipients"]),
        purpose=row["purpose"],
        articles=cited(split(row["articles"]), tables),
        clauses=tuple(_clause(each, tables) for each in clauses.values()),
    )


def _clause(variants: list[Row], tables: Tables) -> Clause:
    """Return one clause from its rows for several kinds of employer.

    The text is that of the first row; the articles are those of all rows.
    """
    first = variants[0]
    return Clause(
        key=first["clause"],
        title=first["title"],
        text=first["text"],
        compulsory=first["compulsory"] == "yes",
        articles=cited(_keys(variants), tables),
    )


def _keys(variants: Iterable[Row]) -> tuple[str, ...]:
    return tuple(key for row in variants for key in split(row["articles"]))
