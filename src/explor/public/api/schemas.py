"""What the open API takes and gives. Codes are those of `/api/v1/referentiels/`."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import StringConstraints

from explor.public.directory.queries import Asked

Text = Annotated[str, StringConstraints(max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$")]
Name = Annotated[str, StringConstraints(max_length=120, pattern=r"^[-\w]+$")]
Code = Annotated[str, StringConstraints(max_length=20, pattern=r"^[-A-Za-z0-9_]+$")]
Cursor = Annotated[str, StringConstraints(max_length=24, pattern=r"^[0-9]{1,12}-[0-9]{1,9}$")]
StatusName = Literal["a-venir", "en-cours", "termine", "a-confirmer"]


class Paging(Schema):
    """How many, and after which."""

    limit: int = Field(50, ge=1, le=100, description="Nombre de réponses, 50 par défaut.")
    cursor: Cursor | None = Field(None, description="Le champ « suivant » de la page précédente.")


class SheetQuery(Paging):
    """The filters of the directory; a filter may be repeated, its values are alternatives."""

    q: Text = Field("", description="Mots, « phrase exacte », -mot à écarter.")
    pays: list[Code] = Field([], max_length=20, description="Codes ISO des pays (liste countries).")
    zone: list[Code] = Field([], max_length=20, description="Codes des zones (liste zones).")
    secteur: list[Code] = Field(
        [], max_length=20, description="Codes des secteurs (liste sectors)."
    )
    odd: list[Annotated[int, Field(ge=1, le=17)]] = Field(
        [], max_length=17, description="Numéros des objectifs de développement durable."
    )
    reseau: list[Code] = Field([], max_length=20, description="Codes des réseaux (appel reseaux).")
    statut: list[StatusName] = Field([], max_length=4, description="État du projet.")
    annee: list[Annotated[int, Field(ge=1000, le=9999)]] = Field(
        [], max_length=20, description="Années de début."
    )
    departement: list[Code] = Field(
        [], max_length=20, description="Codes des départements du porteur (liste departments)."
    )
    structure: list[Code] = Field(
        [], max_length=20, description="Codes des types de structure (liste structure_types)."
    )
    financeur: list[Text] = Field([], max_length=20, description="Noms exacts des financeurs.")
    tri: Literal["", "titre", "annee"] = Field(
        "", description="Ordre ; les plus récentes d’abord par défaut."
    )

    def asked(self) -> Asked:
        """The same as the directory asks it."""
        told = self.model_dump(exclude={"limit", "cursor", "q", "tri"})
        chosen = {name: tuple(map(str, values)) for name, values in told.items() if values}
        return Asked(q=" ".join(self.q.split()), chosen=chosen, tri=self.tri)


class Fault(Schema):
    """Why there is no answer."""

    detail: str


# The faults that these schemas can find, by their name in pydantic; `{}` takes its context.
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


def told(fault: dict[str, Any]) -> str:
    """A fault of pydantic in French; in its own words when it is one we did not foresee."""
    words = FRENCH.get(fault["type"])
    context = {
        name: str(value).replace(" or ", " ou ") for name, value in (fault.get("ctx") or {}).items()
    }
    return words.format(**context) if words else str(fault["msg"])


class SheetRow(Schema):
    """A sheet in a list."""

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
    """A page of sheets; `suivant` is the cursor of the next one."""

    total: int
    suivant: str | None
    resultats: list[SheetRow]


class SheetWhole(Schema):
    """A whole sheet: `fiche` in the interchange format, and its public missions."""

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
    """A mission that looks for someone."""

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
    """A page of missions."""

    suivant: str | None
    resultats: list[MissionRow]


class OrganisationRow(Schema):
    """An association with a published sheet, or an employer whose agents are on a sheet."""

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
    """A page of organisations."""

    suivant: str | None
    resultats: list[OrganisationRow]


class NetworkRow(Schema):
    """A regional network."""

    slug: str
    nom: str
    region: str
    departements: list[str]
    site: str | None
    fiches: int


class FiguresQuery(Schema):
    """Which figures."""

    annee: Annotated[int, Field(ge=2000, le=2099)] | None = Field(
        None, description="Année de départ des missions ; toutes par défaut."
    )
    reseau: Annotated[str, StringConstraints(max_length=50, pattern=r"^[-\w]*$")] = Field(
        "", description="Code d’un réseau ; tous par défaut."
    )


class Figures(Schema):
    """A table of figures; a figure hidden says so in words."""

    colonnes: list[str]
    lignes: list[list[str | int | float | None]]


class FiguresRow(Schema):
    """The figures of a year and a network."""

    annee: int | None
    reseau: str | None
    calcules_le: datetime
    tableaux: dict[str, Figures]


class TermRow(Schema):
    """One term of a reference list."""

    code: str
    libelle: str
    parent: str | None
