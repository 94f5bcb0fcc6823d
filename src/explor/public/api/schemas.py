"""Schemas of the parameters, responses and errors of the API, and French texts of the errors.

`/api/v1/referentiels/` lists the codes found in parameters and responses.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import StringConstraints, create_model

from explor.public.directory.fields import FACETS, Facet
from explor.public.directory.selectors import SORTS, Filters

Text = Annotated[str, StringConstraints(max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$")]
Name = Annotated[str, StringConstraints(max_length=120, pattern=r"^[-\w]+$")]
Code = Annotated[str, StringConstraints(max_length=20, pattern=r"^[-A-Za-z0-9_]+$")]
Cursor = Annotated[str, StringConstraints(max_length=24, pattern=r"^[0-9]{1,12}-[0-9]{1,9}$")]


class Paging(Schema):
    """The size of a page, and the cursor returned with the previous page."""

    limit: int = Field(50, ge=1, le=100, description="Nombre de réponses, 50 par défaut.")
    cursor: Cursor | None = Field(None, description="Le champ « suivant » de la page précédente.")


class SheetFilters(Paging):
    """The parameters of a search of sheets; a sheet matches any value of a repeated parameter."""

    q: Text = Field("", description="Mots, « phrase exacte », -mot à écarter.")

    def filters(self) -> Filters:
        """Convert the parameters to the `Filters` that the directory uses for its own pages."""
        values = self.model_dump(exclude={"limit", "cursor"})
        words, tri = values.pop("q"), values.pop("tri")
        chosen = {name: tuple(map(str, given)) for name, given in values.items() if given}
        return Filters(q=" ".join(words.split()), chosen=chosen, tri=tri)


def value_type(facet: Facet) -> Any:
    """Return the pydantic type of one value of a facet."""
    if facet.choices:
        return Literal[facet.choices]
    if facet.numbers:
        low, high = facet.numbers
        return Annotated[int, Field(ge=low, le=high)]
    return Text if facet.free else Code


def sheet_query(facets: Iterable[Facet]) -> Any:
    """Return the schema of a search of sheets, with one repeatable parameter for each facet."""
    parameters: dict[str, Any] = {
        facet.name: (
            list[value_type(facet)],  # type: ignore[misc]
            Field([], max_length=facet.most, description=facet.help),
        )
        for facet in facets
    }
    parameters["tri"] = (
        Literal[tuple(SORTS)],
        Field("", description="Ordre ; les plus récentes d’abord par défaut."),
    )
    return create_model("SheetQuery", __base__=SheetFilters, **parameters)


SheetQuery = sheet_query(FACETS)


class Fault(Schema):
    """An error; `detail` is its reason, in French."""

    detail: str


# French messages for the pydantic errors of these schemas, by type; `{}` holds a context value.
FRENCH = {
    "int_parsing": "un nombre entier est attendu",
    "int_parsing_size": "ce nombre est trop grand",
    "greater_than_equal": "au moins {ge}",
    "less_than_equal": "au plus {le}",
    "string_too_long": "{max_length} caractères au plus",
    "string_pattern_mismatch": "certains caractères ne sont pas admis",
    "too_long": "{max_length} valeurs au plus",
    "literal_error": "une de ces valeurs est attendue : {expected}",
    "missing": "ce paramètre manque",
}


def formatted(fault: dict[str, Any]) -> str:
    """Return the French message of a pydantic error, or its English message if not translated."""
    words = FRENCH.get(fault["type"])
    context = {
        name: str(value).replace(" or ", " ou ") for name, value in (fault.get("ctx") or {}).items()
    }
    return words.format(**context) if words else str(fault["msg"])


class SheetRow(Schema):
    """The main fields of a project sheet, in a list of sheets."""

    slug: str
    titre: str
    url: str
    statut: str | None
    porteur: str | None
    localite: str | None
    pays: list[str]
    zones: list[str]
    secteurs: list[str]
    odd: list[int]
    financeurs: list[str]
    departement: str | None
    reseau: str | None
    debut: date | None
    fin: date | None
    publiee_le: date
    confirmee_le: date | None
    objectifs: str | None


class SheetPage(Schema):
    """A page of sheets; `total` sheets match, `suivant` is the cursor of the next page."""

    total: int
    suivant: str | None
    resultats: list[SheetRow]


class SheetDetail(Schema):
    """A project sheet; `fiche` has every field, in the interchange format."""

    slug: str
    url: str
    reseau: str | None
    publiee_le: date
    confirmee_le: date | None
    statut: str | None
    pays: list[str]
    fiche: dict[str, Any]
    missions: list[dict[str, Any]]


class MissionRow(Schema):
    """A mission to fill: an announced need with `places` free seats."""

    id: int
    titre: str
    objectifs: str | None
    pays: str
    lieu: str | None
    jours: int
    du: date
    au: date
    places: int
    secteurs: list[str]
    competences: list[str]
    langues: list[dict[str, str]]
    association: str
    reseau: str


class MissionPage(Schema):
    """A page of missions to fill; `suivant` is the cursor of the next page."""

    suivant: str | None
    resultats: list[MissionRow]


class OrganisationRow(Schema):
    """A verified association with a published sheet; `fiches` is its number of published sheets."""

    slug: str
    nom: str
    sorte: str
    type_structure: str | None
    siren: str | None
    rna: str | None
    departement: str | None
    commune: str | None
    site: str | None
    reseau: str
    fiches: int


class OrganisationPage(Schema):
    """A page of associations; `suivant` is the cursor of the next page."""

    suivant: str | None
    resultats: list[OrganisationRow]


class NetworkRow(Schema):
    """A regional network; `fiches` is its number of published sheets."""

    slug: str
    nom: str
    region: str
    departements: list[str]
    site: str | None
    fiches: int


class FiguresQuery(Schema):
    """The year and the network of the figures."""

    annee: Annotated[int, Field(ge=2000, le=2099)] | None = Field(
        None, description="Année de départ des missions ; toutes par défaut."
    )
    reseau: Annotated[str, StringConstraints(max_length=50, pattern=r"^[-\w]*$")] = Field(
        "", description="Code d’un réseau ; tous par défaut."
    )


class Figures(Schema):
    """A table of figures; words replace a figure that is hidden for privacy."""

    colonnes: list[str]
    lignes: list[list[str | int | float | None]]


class FiguresRow(Schema):
    """The tables of figures of one year and one network, by name; null means all of them."""

    annee: int | None
    reseau: str | None
    calcules_le: datetime
    tableaux: dict[str, Figures]


class TermRow(Schema):
    """One term of a reference list."""

    code: str
    libelle: str
    parent: str | None
