"""The figures as tables: what the page shows beneath its pictures, and what one takes away."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .reading import Reading

SHOWN = 30  # rows of a table on the page; the file holds them all

MONTHS = tuple("janv. févr. mars avril mai juin juil. août sept. oct. nov. déc.".split())


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table: its name in a URL, its title, its columns; the first cell of a row names it."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: list[list[Any]]

    @property
    def body(self) -> SafeString:
        """The first rows as HTML, written at once: a page may hold hundreds of cells."""
        heads = [escape(column) for column in self.columns[1:]]
        lines = [
            f'<tr><th scope="row">{escape(name)}</th>'
            + "".join(
                f'<td data-label="{head}" class="number">{escape(cell)}</td>'
                for head, cell in zip(heads, cells, strict=True)
            )
            + "</tr>"
            for name, *cells in self.rows[:SHOWN]
        ]
        return mark_safe("".join(lines))

    @property
    def more(self) -> int:
        """How many rows are only in the file."""
        return max(0, len(self.rows) - SHOWN)

    @property
    def lines(self) -> list[tuple[Any, list[tuple[str, Any]]]]:
        """Each row as its name and its cells, a cell with the name of its column."""
        return [(row[0], list(zip(self.columns[1:], row[1:], strict=True))) for row in self.rows]


def tables_of(found: Reading) -> dict[str, Table]:
    """Every table that holds a row, by name."""
    told, lists = found.figures, found.figures["lists"]
    sheets = ("Missions", "Fiches publiées")
    seeking = ("Places à pourvoir",)
    made = (
        Table(name="ensemble", title="L’essentiel", columns=("Chiffre", "Valeur"),
              rows=[[label, value] for label, value in essentials(told)]),
        Table(name="reseaux", title="Par réseau", columns=("Réseau", *COMPARED),
              rows=[_compared(network.name, each) for network, each in found.networks]),
        Table(name="departs", title="Départs par mois", columns=("Année", *MONTHS),
              rows=[[year, *months] for year, months in reversed(told["departures"].items())]),
        _listed("pays", "Par pays", ("Pays", *sheets), lists["countries"]),
        _listed("secteurs", "Par secteur", ("Secteur", *sheets), lists["sectors"]),
        _listed("odd", "Par objectif de développement durable", ("Objectif", *sheets),
                lists["sdgs"]),
        _people("employeurs", "Selon l’employeur", "Employeur", told["bands"]),
        _people("premieres", "Premières missions", "Départs", told["record"]),
        _sought("recherche-pays", "Places à pourvoir, par pays", ("Pays", *seeking),
                lists["countries"]),
        _sought("recherche-secteurs", "Places à pourvoir, par secteur", ("Secteur", *seeking),
                lists["sectors"]),
        Table(name="competences", title="Compétences disponibles, sans mission cette année",
              columns=("Famille de compétences", "Personnes"),
              rows=[[row["label"], row["people"]] for row in told["skills"]]),
    )  # fmt: skip
    return {table.name: table for table in made if table.rows}


def essentials(told: dict[str, Any]) -> list[tuple[str, Any]]:
    """The numbers that come first, with their words."""
    lists = told["lists"]

    def served(name: str) -> int:
        return sum(bool(row["missions"]) for row in lists[name])

    return [
        ("Missions engagées", told["missions"]),
        ("Missions terminées", told["over"]),
        ("Jours d’expertise sur place", told["days"]),
        ("Personnes engagées", person(told["people"])),
        ("Associations servies", told["associations"]),
        ("Employeurs", told["employers"]),
        ("Pays", served("countries")),
        ("Secteurs", served("sectors")),
        ("Places à pourvoir", told["seeking"]),
        ("Fiches publiées", told["sheets"]),
    ]


COMPARED = ("Missions", "Terminées", "Jours sur place", "Associations", "Personnes", "À pourvoir")


def _compared(name: str, told: dict[str, Any]) -> list[Any]:
    counts = [told[each] for each in ("missions", "over", "days", "associations")]
    return [name, *counts, person(told["people"]), told["seeking"]]


def person(cell: dict[str, Any]) -> int | str:
    """A count of persons, or what stands for it."""
    return cell["note"] or int(cell["count"])


def _listed(name: str, title: str, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> Table:
    shown = [row for row in rows if row["missions"] or row["sheets"]]
    cells = [[row["label"], row["missions"], row["sheets"]] for row in shown]
    return Table(name=name, title=title, columns=columns, rows=cells)


def _sought(name: str, title: str, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> Table:
    found = sorted((row for row in rows if row["seeking"]), key=lambda row: -row["seeking"])
    return Table(
        name=name, title=title, columns=columns, rows=[[r["label"], r["seeking"]] for r in found]
    )


def _people(name: str, title: str, column: str, rows: list[dict[str, Any]]) -> Table:
    cells = [[row["label"], person(row)] for row in rows]
    return Table(name=name, title=title, columns=(column, "Missions"), rows=cells)


def exported(tables: dict[str, Table]) -> Iterator[list[Any]]:
    """All the tables in one: a line for each figure, under the name of its table."""
    for table in tables.values():
        for name, cells in table.lines:
            for column, value in cells:
                yield [table.title, name, column, value]
