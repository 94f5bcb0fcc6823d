"""Tables of the law, such as schemes, papers, clauses, articles, thresholds and territories.

Every row names its source and the day it was read. `SOFTWARE` holds the data files of `data/`, read
once; a caller may give other tables, such as those made by `amendments.amended`.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

Row = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Article:
    """An article of a legal text, or a practice that no text describes.

    `id` is our own key, `legal_id` the identifier of Légifrance when it is known, and `read_on` the
    day on which the text was read. `digest` is the SHA-256 of the text and `version` its published
    version, both written by `scripts/watch_laws`; when no package holds the text, `digest` is blank
    and `version` is "non couvert".
    """

    id: str
    text: str
    article: str
    title: str
    legal_id: str
    source: str
    read_on: date
    digest: str
    version: str

    def __str__(self) -> str:
        return f"{self.text}, {self.article}" if self.article else self.text


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """A number set by law: `value`, in the unit `unit` (in French).

    When a key has several thresholds (a scale), each applies to quantities of `above` or more.
    """

    above: int
    value: int
    unit: str
    articles: tuple[str, ...]
    source: str
    read_on: date


@dataclass(frozen=True, kw_only=True)
class Territory:
    """A part of France that has public holidays of its own, or is outside metropolitan France.

    `country` is its ISO 3166 code, `department` its INSEE code, and `calendar` its name in the
    library of public holidays.
    """

    code: str
    label: str
    country: str
    department: str
    calendar: str
    articles: tuple[str, ...]
    source: str
    read_on: date


class Tables:
    """The tables of the law: tuples of rows by table name. Instances compare by identity."""

    def __init__(self, changed: Mapping[str, tuple[Row, ...]] | None = None) -> None:
        """Store the tables that replace tables of the data files; by default, none is replaced."""
        self._changed = dict(changed or {})

    def rows(self, name: str) -> tuple[Row, ...]:
        """Return the rows of a table, each as a mapping from column to text.

        Args:
            name: the file under `data/`, without its suffix.
        """
        return self._changed.get(name) or _read(name)


SOFTWARE = Tables()


def rows(name: str) -> tuple[Row, ...]:
    """Return the rows of a data file, each as a mapping from column to text."""
    return SOFTWARE.rows(name)


@cache
def _read(name: str) -> tuple[Row, ...]:
    path = files(__package__).joinpath("data", f"{name}.csv")
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(MappingProxyType(row) for row in csv.DictReader(lines))


def split(cell: str) -> tuple[str, ...]:
    """Return the items of a cell that holds a list separated by semicolons, without empty ones."""
    return tuple(part for part in cell.split(";") if part)


def number(cell: str) -> int | None:
    """Return the integer in a cell, None when it is blank."""
    return int(cell) if cell else None


def day(cell: str) -> date | None:
    """Return the date of a cell, None when it is blank."""
    return date.fromisoformat(cell) if cell else None


@lru_cache(maxsize=8)
def articles(tables: Tables = SOFTWARE) -> Mapping[str, Article]:
    """Return every article of the table `laws`, by its key."""
    read = (
        Article(**{**row, "read_on": date.fromisoformat(row["read_on"])})  # type: ignore[arg-type]
        for row in tables.rows("laws")
    )
    return MappingProxyType({article.id: article for article in read})


def cited(keys: Iterable[str], tables: Tables = SOFTWARE) -> tuple[Article, ...]:
    """Return the articles of these keys, each once, in the order of the keys.

    Raises:
        KeyError: a key is not in the file of laws.
    """
    known = articles(tables)
    return tuple(known[key] for key in dict.fromkeys(keys))


@lru_cache(maxsize=128)
def scale(key: str, tables: Tables = SOFTWARE) -> tuple[Threshold, ...]:
    """Return the thresholds of a key in the order of the file: a single one, or a scale."""
    return tuple(
        Threshold(
            above=number(row["above"]) or 0,
            value=int(row["value"]),
            unit=row["unit"],
            articles=split(row["articles"]),
            source=row["source"],
            read_on=date.fromisoformat(row["read_on"]),
        )
        for row in tables.rows("thresholds")
        if row["key"] == key
    )


def threshold(key: str, tables: Tables = SOFTWARE) -> int:
    """Return the value of a threshold that is a single number.

    Raises:
        ValueError: the file has no such key, or several values for it.
    """
    (only,) = scale(key, tables)
    return only.value


@cache
def territories() -> Mapping[str, Territory]:
    """Return the territories by INSEE code of their département or overseas collectivity."""
    read = (
        Territory(
            code=row["code"],
            label=row["label"],
            country=row["country"],
            department=row["department"],
            calendar=row["calendar"],
            articles=split(row["articles"]),
            source=row["source"],
            read_on=date.fromisoformat(row["read_on"]),
        )
        for row in rows("territories")
    )
    return MappingProxyType({territory.department: territory for territory in read})


@cache
def french_countries() -> frozenset[str]:
    """Return the ISO 3166 codes of France: FR, and the code of every overseas territory."""
    return frozenset({"FR", *(each.country for each in territories().values())})
