"""The layout of a sheet in Markdown: its headings and labels, with accepted variants."""

from dataclasses import dataclass
from typing import Literal

from ._text import fold

Kind = Literal["line", "status", "date", "names", "money", "goals", "types", "links", "markdown"]

TITLE_PREFIX = "Fiche projet - "
INFO, LEAD = "info", "lead_organisation"
HEADINGS = {INFO: "Informations générales", LEAD: "Porteur du projet"}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A field of the sheet, with its place and its labels in Markdown.

    `field` is the attribute of `Sheet` (dotted for the lead organisation); `label` is the label
    written, `also` the other labels accepted when reading; `kind` is the kind of value; `block` is
    `INFO` or `LEAD`, the part of the sheet that contains the field.
    """

    field: str
    label: str
    kind: Kind
    block: str = INFO
    also: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(fold(label) for label in (self.label, *self.also))


ENTRIES = (
    Entry(field="title", label="Titre", kind="line", also=("Intitulé", "Intitulé du projet")),
    Entry(field="status", label="Statut", kind="status", also=("Statut du projet", "État")),
    Entry(field="start", label="Date de début", kind="date", also=("Début",)),
    Entry(field="end", label="Date de fin", kind="date", also=("Fin",)),
    Entry(field="locality", label="Localité", kind="line", also=("Localités", "Lieu")),
    Entry(
        field="zones",
        label="Zones d'intervention",
        kind="names",
        also=("Zone d'intervention", "Zones", "Zone"),
    ),
    Entry(field="countries", label="Pays d'intervention", kind="names", also=("Pays",)),
    Entry(field="budget", label="Budget", kind="money", also=("Budget total", "Budget du projet")),
    Entry(
        field="regional_funders",
        label="Financeurs régionaux",
        kind="names",
        also=("Financeur régional",),
    ),
    Entry(
        field="national_funders",
        label="Financeurs nationaux",
        kind="names",
        also=("Financeur national",),
    ),
    Entry(
        field="other_funders", label="Autres financeurs", kind="names", also=("Autre financeur",)
    ),
    Entry(
        field="sectors",
        label="Secteurs d'intervention",
        kind="names",
        also=("Secteur d'intervention", "Secteurs", "Secteur"),
    ),
    Entry(
        field="goals",
        label="Objectifs de Développement Durable",
        kind="goals",
        also=("Objectif de Développement Durable", "ODD"),
    ),
    Entry(
        field="lead_organisation.name",
        label="Nom",
        kind="line",
        block=LEAD,
        also=("Nom de la structure", "Structure", "Porteur"),
    ),
    Entry(
        field="lead_organisation.structure_types",
        label="Type de structure",
        kind="types",
        block=LEAD,
        also=("Types de structure",),
    ),
    Entry(
        field="lead_organisation.countries",
        label="Pays d'intervention",
        kind="names",
        block=LEAD,
        also=("Pays",),
    ),
    Entry(
        field="lead_organisation.sectors",
        label="Secteurs d'intervention",
        kind="names",
        block=LEAD,
        also=("Secteur d'intervention", "Secteurs", "Secteur"),
    ),
    Entry(field="lead_organisation.address", label="Adresse", kind="line", block=LEAD),
    Entry(
        field="lead_organisation.representative",
        label="Représentant",
        kind="line",
        block=LEAD,
        also=("Représentante", "Représenté par"),
    ),
    Entry(field="links", label="Liens", kind="links", block=LEAD, also=("Lien", "Site")),
)

SECTION_ENTRIES = (
    Entry(field="context", label="Contexte", kind="markdown", also=("Contexte du projet",)),
    Entry(
        field="audiences",
        label="Publics concernés",
        kind="markdown",
        also=("Public concerné", "Publics", "Bénéficiaires"),
    ),
    Entry(
        field="local_partners",
        label="Partenaires locaux",
        kind="markdown",
        also=("Partenaire local", "Partenaires"),
    ),
    Entry(
        field="objectives",
        label="Objectifs du projet",
        kind="markdown",
        also=("Objectifs", "Objectif du projet"),
    ),
    Entry(field="activities", label="Activités", kind="markdown", also=("Activités du projet",)),
    Entry(field="results", label="Résultats", kind="markdown", also=("Résultats du projet",)),
)

# A different label for each field, since the lead organisation also has countries and sectors.
LABELS = {
    entry.field: f"Porteur : {entry.label.lower()}" if entry.block == LEAD else entry.label
    for entry in (*ENTRIES, *SECTION_ENTRIES)
}
_FIELDS = {(e.block, label): e for e in ENTRIES for label in e.labels}
_SECTIONS = {label: e for e in SECTION_ENTRIES for label in e.labels}
_BLOCKS = {fold(heading): block for block, heading in HEADINGS.items()} | {
    fold("Porteur"): LEAD,
    fold("Informations"): INFO,
}


def entry_of(label: str, block: str) -> Entry | None:
    """Return the field with this label in `block`, else in any block of the sheet, else None."""
    name = fold(label)
    other = INFO if block == LEAD else LEAD
    return _FIELDS.get((block, name)) or _FIELDS.get((other, name))


def section_of(heading: str) -> Entry | None:
    return _SECTIONS.get(fold(heading))


def block_of(heading: str) -> str | None:
    return _BLOCKS.get(fold(heading))


def is_landmark(heading: str) -> bool:
    """Return whether a heading is the name of a section or block of the sheet."""
    return section_of(heading) is not None or block_of(heading) is not None
