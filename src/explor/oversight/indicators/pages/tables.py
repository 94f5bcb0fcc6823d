"""The public figures as tables, shown under the charts and exported as CSV."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .. import rules
from ..selectors import Reading

SHOWN = 30  # rows of a table on the page; the CSV file has every row

MONTHS = tuple("janv. févr. mars avril mai juin juil. août sept. oct. nov. déc.".split())


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table: its name in a URL, its title, its columns; the first cell of a row is its label."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: list[list[Any]]

    @property
    def body(self) -> SafeString:
        """Return the first `SHOWN` rows as HTML, in one string for speed."""
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
        """Return how many rows are not shown on the page, only in the CSV file."""
        return max(0, len(self.rows) - SHOWN)

    @property
    def lines(self) -> list[tuple[Any, list[tuple[str, Any]]]]:
        """Return (label, [(name of the column, cell), ...]) for each row."""
        return [(row[0], list(zip(self.columns[1:], row[1:], strict=True))) for row in self.rows]


def tables_of(reading: Reading) -> dict[str, Table]:
    """Return, by name, every table that has at least one row."""
    figures, lists = reading.figures, reading.figures["lists"]
    sheets = ("Missions", "Fiches publiées")
    seeking = ("Places à pourvoir",)
    made = (
        Table(name="ensemble", title="L’essentiel", columns=("Chiffre", "Valeur"),
              rows=[[label, value] for label, value in essentials(figures)]),
        Table(name="reseaux", title="Par réseau", columns=("Réseau", *COMPARED),
              rows=[_compared(network.name, each) for network, each in reading.networks]),
        Table(name="departs", title="Départs par mois", columns=("Année", *MONTHS),
              rows=[[year, *months] for year, months in reversed(figures["departures"].items())]),
        _listed("pays", "Par pays", ("Pays", *sheets), lists["countries"]),
        _listed("secteurs", "Par secteur", ("Secteur", *sheets), lists["sectors"]),
        _listed("odd", "Par objectif de développement durable", ("Objectif", *sheets),
                lists["sdgs"]),
        _people("employeurs", _employers(reading.year), "Employeur", figures["bands"]),
        _people("premieres", "Premières missions", "Départs", figures["record"]),
        _sought("recherche-pays", "Places à pourvoir, par pays", ("Pays", *seeking),
                lists["countries"]),
        _sought("recherche-secteurs", "Places à pourvoir, par secteur", ("Secteur", *seeking),
                lists["sectors"]),
        Table(name="competences", title="Compétences disponibles, sans mission cette année",
              columns=("Famille de compétences", "Personnes, au moins"),
              rows=[[row["label"], row["people"]] for row in figures["skills"]]),
    )  # fmt: skip
    return {table.name: table for table in made if table.rows}


def _employers(year: int | None) -> str:
    return "Selon l’employeur" if year else "Selon l’employeur, dans les années arrêtées"


def essentials(figures: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return (label, value) for the main figures, shown at the top of the page."""
    lists = figures["lists"]

    def served(name: str) -> int:
        return sum(bool(row["missions"]) for row in lists[name])

    return [
        ("Missions engagées", figures["missions"]),
        ("Missions terminées", figures["over"]),
        ("Jours d’expertise sur place", figures["days"]),
        ("Personnes engagées", formatted_count(figures["people"])),
        ("Associations servies", figures["associations"]),
        ("Employeurs", employers_of(figures)),
        ("Pays", served("countries")),
        ("Secteurs", served("sectors")),
        ("Places à pourvoir", figures["seeking"]),
        ("Fiches publiées", figures["sheets"]),
    ]


def employers_of(figures: dict[str, Any]) -> int | str:
    """Return the number of employers or, for few missions, words that reveal nobody."""
    return rules.LESS if 0 < figures["missions"] < rules.K else int(figures["employers"])


COMPARED = ("Missions", "Terminées", "Jours sur place", "Associations", "Personnes", "À pourvoir")


def _compared(name: str, figures: dict[str, Any]) -> list[Any]:
    counts = [figures[each] for each in ("missions", "over", "days", "associations")]
    return [name, *counts, formatted_count(figures["people"]), figures["seeking"]]


def formatted_count(cell: dict[str, Any]) -> int | str:
    """Return the count of a cell, or the words that replace it when it is hidden for privacy."""
    return cell["note"] or int(cell["count"])


def _listed(name: str, title: str, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> Table:
    shown = [row for row in rows if row["missions"] or row["sheets"]]
    cells = [[row["label"], row["missions"], row["sheets"]] for row in shown]
    return Table(name=name, title=title, columns=columns, rows=cells)


def _sought(name: str, title: str, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> Table:
    sought = sorted((row for row in rows if row["seeking"]), key=lambda row: -row["seeking"])
    return Table(
        name=name, title=title, columns=columns, rows=[[r["label"], r["seeking"]] for r in sought]
    )


def _people(name: str, title: str, column: str, rows: list[dict[str, Any]]) -> Table:
    cells = [[row["label"], formatted_count(row)] for row in rows]
    return Table(name=name, title=title, columns=(column, "Missions"), rows=cells)


def exported(tables: dict[str, Table]) -> Iterator[list[Any]]:
    """Yield one CSV row per figure: title of the table, label of the row, column, value."""
    for table in tables.values():
        for name, cells in table.lines:
            for column, value in cells:
                yield [table.title, name, column, value]
