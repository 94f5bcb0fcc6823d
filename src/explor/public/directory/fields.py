"""The facets of the directory, each declared once.

The URL filters, the boxes to tick, the counts, the trigger that lists the tags of a sheet and the
parameters of the API are all made from `FACETS`. A new facet is one line here when `ProjectSheet`
has its column; otherwise also the column in `sheets/models.py` and its value in
`sheets/engine.columns_of`. Then `makemigrations` writes the new trigger.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from explor.ground.reference.selectors import UnknownTerm
from explor.ground.reference.selectors import label as term_label

MOST_VALUES = 20  # chosen under one facet
LONGEST_VALUE = 120  # characters

# Text of a value, given the value and the names of the networks by slug.
Label = Callable[[str, Mapping[str, str]], str]

# Status of a project, by its name in URLs; in the order shown.
STATUSES = {
    "a-venir": "à venir",
    "en-cours": "en cours",
    "termine": "terminé",
    "a-confirmer": "à confirmer",
}


def many(column: str) -> str:
    """Return the SQL that lists the values of an array column of the sheet NEW."""
    return f"SELECT unnest(NEW.{column})::text"


def one(column: str) -> str:
    """Return the SQL that gives the value of a column of the sheet NEW, nothing when blank."""
    return f"SELECT NEW.{column}::text WHERE NEW.{column}::text <> ''"


def as_written(value: str, networks: Mapping[str, str]) -> str:
    """Show the value itself."""
    return value


def status_label(value: str, networks: Mapping[str, str]) -> str:
    """Show the French name of a status."""
    return STATUSES.get(value, value)


def network_label(value: str, networks: Mapping[str, str]) -> str:
    """Show the name of a network."""
    return networks.get(value, value)


def listed_in(reference: str, *, numbered: bool = False) -> Label:
    """Show the label that a reference list gives, after the code when `numbered`."""

    def label(value: str, networks: Mapping[str, str]) -> str:
        try:
            text = term_label(reference, value)
        except UnknownTerm:
            return value
        return f"{value}. {text}" if numbered else text

    return label


@dataclass(frozen=True, kw_only=True)
class Facet:
    """One way to narrow the directory.

    Args:
        name: in URLs, in the API and in the tags of the index.
        title: French title above the boxes.
        values: SQL that selects the values of the sheet NEW, as text; "" when they depend on the
            day and are computed while reading.
        label: text of a value.
        help: description of the API parameter, in French.
        order: how boxes are sorted: the most frequent first, the highest value first, or as given.
        choices: the only values, when they are few.
        numbers: lowest and highest value, when values are numbers.
        free: values are any text rather than codes.
    """

    name: str
    title: str
    values: str
    label: Label
    help: str
    order: str = "count"
    choices: tuple[str, ...] = ()
    numbers: tuple[int, int] | None = None
    free: bool = False

    @property
    def most(self) -> int:
        """Return how many values can be chosen together."""
        if self.choices:
            return len(self.choices)
        low, high = self.numbers or (1, MOST_VALUES)
        return min(MOST_VALUES, high - low + 1)


COUNTRY, SECTOR, STATUS = "pays", "secteur", "statut"
FACETS: tuple[Facet, ...] = (
    Facet(
        name=COUNTRY,
        title="Pays",
        values=many("countries"),
        label=listed_in("countries"),
        help="Codes ISO des pays (liste countries).",
    ),
    Facet(
        name="zone",
        title="Zone",
        values=many("zones"),
        label=listed_in("zones"),
        help="Codes des zones (liste zones).",
    ),
    Facet(
        name=SECTOR,
        title="Secteur",
        values=many("sectors"),
        label=listed_in("sectors"),
        help="Codes des secteurs (liste sectors).",
    ),
    Facet(
        name="odd",
        title="Objectif de développement durable",
        values=many("sdgs"),
        label=listed_in("sdgs", numbered=True),
        help="Numéros des objectifs de développement durable.",
        numbers=(1, 17),
    ),
    Facet(
        name="reseau",
        title="Réseau",
        values="SELECT slug::text FROM networks_network WHERE id = NEW.network_id",
        label=network_label,
        help="Codes des réseaux (appel reseaux).",
    ),
    Facet(
        name=STATUS,
        title="Statut",
        values="",
        label=status_label,
        help="État du projet.",
        order="choices",
        choices=tuple(STATUSES),
    ),
    Facet(
        name="annee",
        title="Année de début",
        values=one("year"),
        label=as_written,
        help="Années de début.",
        order="highest",
        numbers=(1000, 9999),
    ),
    Facet(
        name="departement",
        title="Département du porteur",
        values=one("department"),
        label=listed_in("departments"),
        help="Codes des départements du porteur (liste departments).",
    ),
    Facet(
        name="structure",
        title="Type de structure",
        values=many("structures"),
        label=listed_in("structure_types"),
        help="Codes des types de structure (liste structure_types).",
    ),
    Facet(
        name="financeur",
        title="Financeur",
        values=many("funders"),
        label=as_written,
        help="Noms exacts des financeurs.",
        free=True,
    ),
)
