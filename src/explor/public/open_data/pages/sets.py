"""The open data sets, and the files of each set."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import IO

from .. import engine
from . import activities, calendars, grants, offers, records, tables
from .remarks import Remark

Writer = Callable[[IO[bytes], list[Remark]], int]
MIMES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "geojson": "application/geo+json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
    "ics": "text/calendar; charset=utf-8",
}


@dataclass(frozen=True, kw_only=True)
class Set:
    """An open data set.

    Args:
        text: French description of the use of the set.
        writers: by format, the function that writes the file, adds remarks for officers to a list
            and returns how many rows it wrote.
        columns: French description of each column, by name.
        has_sheets: whether the files contain project sheets, which may be withdrawn.
        never_empty: whether the standard forbids a file without rows, which is then not served.
    """

    name: str
    title: str
    text: str
    writers: Mapping[str, Writer]
    columns: Mapping[str, str] = field(default_factory=dict)
    has_sheets: bool = False
    never_empty: bool = False

    @property
    def files(self) -> list[str]:
        """Return the names of the files of the set, one per format."""
        return [f"{self.name}.{form}" for form in self.writers]


def _table(
    name: str, title: str, text: str, table: engine.Table, *, has_sheets: bool = False
) -> Set:
    forms = ("csv", "xlsx", "json", "geojson")
    writers = {form: partial(_write_table, table, form) for form in forms}
    columns = table.columns
    return Set(
        name=name, title=title, text=text, writers=writers, columns=columns, has_sheets=has_sheets
    )


def _write_table(table: engine.Table, form: str, out: IO[bytes], remarks: list[Remark]) -> int:
    return engine.write_table(table, form, out)


SETS = (
    _table(
        "projets",
        "Les fiches projet",
        "Toutes les fiches publiées. Le fichier JSON les donne entières, sans rien perdre ; "
        "les autres, une ligne par fiche. Sur la carte (GeoJSON), une fiche est à sa ville quand "
        "elle la nomme, sinon au centre du pays : « precision » le dit.",
        tables.SHEETS,
        has_sheets=True,
    ),
    _table(
        "missions",
        "Les missions à pourvoir",
        "Les besoins annoncés qui cherchent encore quelqu’un.",
        tables.NEEDS,
    ),
    _table(
        "organisations",
        "Les associations",
        "Les associations vérifiées par un réseau qui ont une fiche publiée.",
        tables.ORGANISATIONS,
    ),
    Set(
        name="iati",
        title="L’aide internationale, au format IATI 2.03",
        text="Le programme et ses missions, pour les registres internationaux de l’aide. Chaque "
        "activité est contrôlée avant d’entrer dans le fichier.",
        writers={"xml": activities.write},
        has_sheets=True,
        never_empty=True,
    ),
    Set(
        name="iati-organisation",
        title="Qui publie, au format IATI 2.03",
        text="L’organisation qui déclare ces activités : les registres internationaux la demandent "
        "à côté du fichier des activités. Elle ne tient pas de budget : l’argent est celui des "
        "financeurs.",
        writers={"xml": activities.write_publisher},
        never_empty=True,
    ),
    Set(
        name="subventions",
        title="Les conventions de subvention",
        text="Une ligne par mission et par financeur, au format de l’arrêté du 17 novembre 2017, "
        "pour que les financeurs publics n’aient qu’à le reprendre.",
        writers={"csv": grants.write},
        has_sheets=True,
    ),
    Set(
        name="engagement",
        title="Le flux des offres de bénévolat",
        text="Les missions à pourvoir, telles que les lit l’API Engagement de l’État.",
        writers={"xml": offers.write},
    ),
    Set(
        name="appels",
        title="Le calendrier des appels",
        text="Ouvertures, clôtures et comités, à ajouter à votre agenda.",
        writers={"ics": calendars.write_calls},
    ),
    Set(
        name="calendrier-missions",
        title="Le calendrier des missions",
        text="Les missions parties ou revenues, jour par jour. Une mission à venir n’y figure "
        "qu’une fois partie : la sécurité des personnes passe avant.",
        writers={"ics": calendars.write_missions},
        has_sheets=True,
    ),
)
WRITERS: Mapping[str, Writer] = {
    f"{each.name}.{form}": writer for each in SETS for form, writer in each.writers.items()
}


def set_of(name: str) -> Set:
    """Return the data set that contains the file `name`; raise StopIteration when none does."""
    return next(each for each in SETS if name in each.files)


__all__ = ["MIMES", "SETS", "WRITERS", "Set", "Writer", "records", "set_of"]
