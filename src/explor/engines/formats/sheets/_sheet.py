"""The project sheet (fiche projet) and its fields, in one normal form.

A blank field is None or an empty tuple, shown as « -- »; an unknown number is None, not zero. Short
texts are plain, and the six sections at the end are Markdown. Building a `Sheet` normalises every
text (see `_text.py`), so that two sheets with the same meaning are equal, whatever the format in
which they were read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from ._dates import PartialDate
from ._money import Money
from ._text import clean_line, clean_markdown, is_safe_url

__all__ = [
    "Goal",
    "LeadOrganisation",
    "Link",
    "Money",
    "PartialDate",
    "Sheet",
    "Status",
    "StructureType",
    "sheet_of",
]

SECTIONS = ("context", "audiences", "local_partners", "objectives", "activities", "results")
LISTS = (
    "zones",
    "countries",
    "regional_funders",
    "national_funders",
    "other_funders",
    "sectors",
)
GOALS = {
    1: "Pas de pauvreté",
    2: "Faim « zéro »",
    3: "Bonne santé et bien-être",
    4: "Éducation de qualité",
    5: "Égalité entre les sexes",
    6: "Eau propre et assainissement",
    7: "Énergie propre et d'un coût abordable",
    8: "Travail décent et croissance économique",
    9: "Industrie, innovation et infrastructure",
    10: "Inégalités réduites",
    11: "Villes et communautés durables",
    12: "Consommation et production responsables",
    13: "Mesures relatives à la lutte contre les changements climatiques",
    14: "Vie aquatique",
    15: "Vie terrestre",
    16: "Paix, justice et institutions efficaces",
    17: "Partenariats pour la réalisation des objectifs",
}
WEIGHTS = {2: "principal", 1: "significatif"}
LONG_PAST = timedelta(days=183)


class Status(StrEnum):
    UPCOMING = "à venir"
    ONGOING = "en cours"
    FINISHED = "terminé"
    TO_CONFIRM = "à confirmer"


def status_on(
    today: date,
    *,
    start: PartialDate | None,
    end: PartialDate | None,
    declared: Status | None = None,
    long_past: timedelta = LONG_PAST,
) -> Status | None:
    """Return the status of a project on `today`, from its dates, else the `declared` status.

    The status is « à confirmer » in three cases: the project ended more than `long_past` ago but is
    declared ongoing or upcoming; it has begun, has no end date, and is declared upcoming or not at
    all; or it is declared « à confirmer » and has not ended.
    """
    if end and end.last_day() < today:
        open_still = declared in (Status.UPCOMING, Status.ONGOING)
        overdue = today - end.last_day() > long_past
        return Status.TO_CONFIRM if open_still and overdue else Status.FINISHED
    if declared is Status.TO_CONFIRM:
        return declared
    if start and start.first_day() > today:
        return Status.UPCOMING
    if start and end:
        return Status.ONGOING
    if start:
        return Status.TO_CONFIRM if declared in (None, Status.UPCOMING) else declared
    return declared


def _set(owner: object, name: str, value: object) -> None:
    object.__setattr__(owner, name, value)


def _lines(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(clean_line, values))))


def capitals(value: str | None) -> str | None:
    """Return a text as one line in capitals, like the families of types; None when blank."""
    return clean_line((clean_line(value) or "").upper())


@dataclass(frozen=True, kw_only=True)
class StructureType:
    """A type of structure (« Agence ou organisme public ») with its family (« ÉTAT... »).

    A family is in capitals, to be distinct from a type in a sheet. Raises ValueError for a blank
    type.
    """

    type: str
    family: str | None = None

    def __post_init__(self) -> None:
        kind = clean_line(self.type)
        if kind is None:
            raise ValueError("type de structure vide")
        _set(self, "type", kind)
        _set(self, "family", capitals(self.family))

    def __str__(self) -> str:
        return f"{self.type} ({self.family})" if self.family else self.type


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A Sustainable Development Goal, 1 to 17; `weight` is 2 (principal), 1 (significant) or None.

    Raises ValueError for another number or weight.
    """

    number: int
    weight: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 17:
            raise ValueError(f"ODD inconnu : {self.number} (de 1 à 17)")
        if self.weight not in (None, 1, 2):
            raise ValueError(f"poids d’ODD inconnu : {self.weight} (1 ou 2)")

    def __str__(self) -> str:
        weight = f" ({WEIGHTS[self.weight]})" if self.weight else ""
        return f"{self.number} {GOALS[self.number]}{weight}"


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link: a label and its URL. A blank label becomes the URL.

    `url` is None when the sheet gives only a label, or "#".
    Raises ValueError for an unsafe URL, or when both are blank.
    """

    label: str
    url: str | None = None

    def __post_init__(self) -> None:
        url = clean_line(self.url)
        if url and not is_safe_url(url):
            raise ValueError(f"adresse refusée : « {url[:60]} »")
        url = None if url == "#" else _encoded(url)
        label = clean_line(self.label) or url
        if label is None:
            raise ValueError("lien sans texte ni adresse")
        _set(self, "url", url)
        _set(self, "label", label)

    def __str__(self) -> str:
        return self.label if self.url in (None, self.label) else f"{self.label} ({self.url})"


def _encoded(url: str | None) -> str | None:
    """Return a URL with the characters that would end a Markdown link percent-encoded.

    None and "" are returned as they are.
    """
    return url and "".join(f"%{ord(c):02X}" if c in " ()<>\\" else c for c in url)


@dataclass(frozen=True, kw_only=True)
class LeadOrganisation:
    """The lead organisation of a project (porteur), as described in its sheet."""

    name: str | None = None
    structure_types: tuple[StructureType, ...] = ()
    countries: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    address: str | None = None
    representative: str | None = None

    def __post_init__(self) -> None:
        for name in ("name", "address", "representative"):
            _set(self, name, clean_line(getattr(self, name)))
        for name in ("countries", "sectors"):
            _set(self, name, _lines(getattr(self, name)))
        _set(self, "structure_types", tuple(dict.fromkeys(self.structure_types)))


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A project sheet. Countries, zones and sectors are French names, as written in the file."""

    title: str | None = None
    status: Status | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None
    locality: str | None = None
    zones: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    budget: Money | None = None
    regional_funders: tuple[str, ...] = ()
    national_funders: tuple[str, ...] = ()
    other_funders: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    goals: tuple[Goal, ...] = ()
    lead_organisation: LeadOrganisation = field(default_factory=LeadOrganisation)
    links: tuple[Link, ...] = ()
    context: str | None = None
    audiences: str | None = None
    local_partners: str | None = None
    objectives: str | None = None
    activities: str | None = None
    results: str | None = None

    def __post_init__(self) -> None:
        for name in ("title", "locality"):
            _set(self, name, clean_line(getattr(self, name)))
        for name in LISTS:
            _set(self, name, _lines(getattr(self, name)))
        for name in SECTIONS:
            _set(self, name, clean_markdown(getattr(self, name)))
        first = {goal.number: goal for goal in reversed(self.goals)}
        _set(self, "goals", tuple(first[n] for n in dict.fromkeys(g.number for g in self.goals)))
        _set(self, "links", tuple(dict.fromkeys(self.links)))

    def blanks(self) -> tuple[str, ...]:
        """Return the names of the blank fields, such as `title` or `lead_organisation.name`."""
        own = [
            f.name
            for f in fields(self)
            if f.name != "lead_organisation" and not getattr(self, f.name)
        ]
        lead_organisation = [
            f"lead_organisation.{f.name}"
            for f in fields(LeadOrganisation)
            if not getattr(self.lead_organisation, f.name)
        ]
        return (*own, *lead_organisation)


def sheet_of(values: Mapping[str, Any]) -> Sheet:
    """Build a sheet from values by name of field, such as `title` or `lead_organisation.name`."""
    own = {field: value for field, value in values.items() if "." not in field}
    lead_organisation = {
        field.partition(".")[2]: value for field, value in values.items() if "." in field
    }
    return Sheet(lead_organisation=LeadOrganisation(**lead_organisation), **own)
