"""The facets (filters) of the directory, each declared once.

`FACETS` defines the URL filters, the checkboxes, the counts, the API parameters and the database
trigger that writes the tags of a sheet. To add a facet, add a line here; when `ProjectSheet` lacks
its column, also add the column in `journey/sheets/models/sheets.py` and its value in
`sheets/engine.columns_of`. Then `makemigrations` writes the new trigger.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from explor.ground.reference.selectors import UnknownTerm
from explor.ground.reference.selectors import label as term_label

MOST_VALUES = 20  # maximum number of values selected in one facet
LONGEST_VALUE = 120  # characters

# Function that returns the label of a value, given the names of the networks by slug.
Label = Callable[[str, Mapping[str, str]], str]

# French label of each project status, by its name in URLs, in display order.
STATUSES = {
    "a-venir": "à venir",
    "en-cours": "en cours",
    "termine": "terminé",
    "a-confirmer": "à confirmer",
}


def many(column: str) -> str:
    """Return SQL that selects each value of an array column, for the trigger of the directory.

    The column is one of the sheet that the database trigger indexes.
    """
    return f"SELECT unnest(NEW.{column})::text"


def one(column: str) -> str:
    """Return SQL that selects the value of a column, or no row when the value is blank.

    The column is one of the sheet that the database trigger of the directory indexes.
    """
    return f"SELECT NEW.{column}::text WHERE NEW.{column}::text <> ''"


def as_written(value: str, networks: Mapping[str, str]) -> str:
    """Return the value unchanged, as the label of a facet whose values are texts.

    `networks` is unused; functions that label values all take it.
    """
    return value


def status_label(value: str, networks: Mapping[str, str]) -> str:
    """Return the French name of the status of a project; `networks` is unused."""
    return STATUSES.get(value, value)


def network_label(value: str, networks: Mapping[str, str]) -> str:
    """Return the name of the network with this slug in `networks`, else the slug itself."""
    return networks.get(value, value)


def listed_in(reference: str, *, numbered: bool = False) -> Label:
    """Return a function that gives the label of a code of the reference list `reference`.

    With `numbered`, the code comes before the label; an unknown code is its own label.
    """

    def label(value: str, networks: Mapping[str, str]) -> str:
        try:
            text = term_label(reference, value)
        except UnknownTerm:
            return value
        return f"{value}. {text}" if numbered else text

    return label


@dataclass(frozen=True, kw_only=True)
class Facet:
    """A property of project sheets by which the directory can be filtered, such as the country.

    Args:
        name: name of the facet in URLs, in the API and in the tags of the index.
        title: French title above the checkboxes.
        values: SQL that selects, as text, the values of NEW, the sheet of the trigger; "" when they
            depend on the day and are computed when the index is loaded.
        label: function that returns the label of a value.
        help: description of the API parameter, in French.
        order: sort of the checkboxes: "count" (most frequent first), "highest" (highest value
            first) or "choices" (order of `choices`).
        choices: the only values allowed, when they are few.
        numbers: lowest and highest value, when values are numbers.
        free: whether values are any text rather than codes.
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
        """Return how many values of the facet can be selected together."""
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
