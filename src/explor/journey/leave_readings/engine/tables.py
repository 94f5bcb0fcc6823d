"""The tables of the law in force: those shipped with Explor, with approved changes.

Each request and each job reads the changes again, in one query, so that no process uses outdated
texts.
"""

from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from explor.engines import leave as law
from explor.ground.http.bounds import stored_day

from ..models import LawAmendment
from ..selectors import changes_in_force

_in_request: ContextVar[bool] = ContextVar("in_request", default=False)
_held: ContextVar[law.Tables | None] = ContextVar("held", default=None)

# French names of the facts in the table of sentences.
FACTS = {
    "paper": "Pièce à faire",
    "payer": "Qui paie",
    "insurer": "Qui assure",
    "safety": "Qui répond de la sécurité",
    "posting_paper": "Protection sociale",
    "consultation": "Avis à demander",
    "probation": "Période probatoire",
    "objection": "Ce qui peut être opposé",
    "return_right": "Au retour",
    "accident": "Qui déclare un accident",
    "urgent": "Demande tardive",
    "urgent_objection": "Ce qui peut être opposé à une demande urgente",
}
BRANCHES = {"private": "privé", "local": "territoriale", "state": "État", "hospital": "hôpital"}


def begin_request(**kwargs: object) -> None:
    """Mark the start of a request, whose first use of the tables queries the changes once."""
    _in_request.set(True)
    _held.set(None)


def end_request(**kwargs: object) -> None:
    """Mark the end of a request: discard the changes that it loaded."""
    _in_request.set(False)
    _held.set(None)


def forget_tables() -> None:
    """Make the next use of the tables query the changes again, after a change was made."""
    _held.set(None)


def tables() -> law.Tables:
    """Return the tables in force, with one query per request."""
    if (held := _held.get()) is not None:
        return held
    made = _amended(tuple(_amendment(row) for row in changes_in_force()))
    if _in_request.get():
        _held.set(made)
    return made


@lru_cache(maxsize=8)
def _amended(amendments: tuple[law.Amendment, ...]) -> law.Tables:
    """Return the amended tables, cached so that the same changes give the same object.

    Results computed from the tables are cached by identity of this object.
    """
    return law.amended(amendments)


def _amendment(row: LawAmendment) -> law.Amendment:
    return law.Amendment(
        table=row.table,
        key=row.key,
        field=row.field,
        value=row.value,
        source=row.source,
        read_on=row.read_on,
    )


def faults_of_change(row: LawAmendment, today: date) -> list[str]:
    """Return why a change cannot apply to the tables in force, empty when it can.

    To restore the text shipped with Explor, only its consistency with related cells is checked:
    they may have changed.
    """
    if row.gives_back:
        return law.faults_of_order(_amendment(row), tables())
    return law.faults_of(_amendment(row), tables(), today=today)


def software_value(table: str, key: str, field: str) -> str | None:
    """Return the text of a cell in the data files of this version, None when it has none."""
    return law.value_of(table, key, field)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A value of the tables of the law that may change, with its text in force.

    `about` describes the row and `label` the value, in French; `unit` is the unit of a number.
    `kind` is the form of the value ("date", "text"…), and `blank` whether it may be empty.
    `value` is the raw text in force and `software` the raw text shipped with Explor (None once its
    row is removed).
    """

    table: str
    key: str
    field: str
    kind: str
    blank: bool
    about: str
    label: str
    unit: str
    value: str
    software: str | None
    source: str
    read_on: date

    @property
    def args(self) -> tuple[str, str, str]:
        """Return the identifier of the cell: table, key and field."""
        return self.table, self.key, self.field

    @property
    def is_own(self) -> bool:
        """Return whether the text in force differs from the one shipped with Explor."""
        return self.value != self.software


def cell_of(table: str, key: str, field: str) -> Cell | None:
    """Return a cell with its text in force; None when it does not exist or may not change."""
    row = law.row_of(table, key, tables())
    return _cell(table, key, field, row) if row and field in law.EDITABLE[table] else None


def _cell(table: str, key: str, name: str, row: law.Row) -> Cell:
    field = law.EDITABLE[table][name]
    return Cell(
        table=table,
        key=key,
        field=name,
        kind=field.kind,
        blank=field.blank,
        about=_about(table, row),
        label=field.label,
        unit=row["unit"] if table == "thresholds" else law.UNITS.get(field.kind, ""),
        value=row[name],
        software=software_value(table, key, name),
        source=row["source"],
        read_on=stored_day(row["read_on"]),
    )


def _about(table: str, row: law.Row) -> str:
    """Return the French description of a row of the tables."""
    if table in ("schemes", "thresholds"):
        return row["label"]
    if table == "urgent":
        return scheme_of(row["scheme"]).label
    if table == "laws":
        return ", ".join(part for part in (row["text"], row["article"]) if part)
    if table == "facts":
        branches = ", ".join(BRANCHES[each] for each in law.split(row["branches"]))
        return f"{FACTS[row['fact']]}{f' ({branches})' if branches else ''}"
    return row["title"]


def scheme_of(code: str) -> law.Scheme:
    """Return a leave scheme from the tables in force.

    Raises:
        KeyError: no scheme has this code.
    """
    return {each.code: each for each in law.schemes(tables())}[code]


def schemes_of_time(time: str) -> frozenset[str]:
    """Return the codes of the schemes with this `time`: "given", "own" or "none"; see `Scheme`."""
    return frozenset(each.code for each in law.schemes(tables()) if each.time == time)


def cells_of_scheme(code: str) -> dict[str, list[Cell]]:
    """Return the cells of a leave scheme, by table.

    Tables: `schemes`, `urgent`, `facts`, `papers`, `clauses` and `laws`; a list may be empty.

    Raises:
        KeyError: no scheme has this code.
    """
    texts = tables()
    papers = {row["key"] for row in texts.rows("papers") if code in law.split(row["schemes"])}
    cited: set[str] = set(scheme_of(code).articles)
    chosen: dict[str, list[law.Row]] = {
        "schemes": [row for row in texts.rows("schemes") if row["code"] == code],
        "urgent": [row for row in texts.rows("urgent") if row["scheme"] == code],
        "facts": [row for row in texts.rows("facts") if code in law.split(row["schemes"])],
        "papers": [row for row in texts.rows("papers") if row["key"] in papers],
        "clauses": [row for row in texts.rows("clauses") if papers & set(law.split(row["papers"]))],
    }
    for rows in chosen.values():
        cited |= {key for row in rows for key in law.split(row.get("articles", ""))}
    chosen["laws"] = [row for row in texts.rows("laws") if row["id"] in cited]
    return {table: list(_cells(table, rows)) for table, rows in chosen.items()}


def cells_of_thresholds() -> list[Cell]:
    """Return the cells of the thresholds, in the order of their table."""
    return list(_cells("thresholds", tables().rows("thresholds")))


def _cells(table: str, rows: "list[law.Row] | tuple[law.Row, ...]") -> Iterator[Cell]:
    for row in rows:
        for name in law.EDITABLE[table]:
            yield _cell(table, law.key_of(table, row), name, row)
