"""The names of table headings that mean a field of a sheet, in exports of Explor and elsewhere."""

from collections.abc import Sequence

from explor.engines.formats.sheets import ENTRIES, LABELS, LEAD, SECTION_ENTRIES, Kind, fold

from ._headings import names_of
from ._rows import Column
from ._writing import SHEET_COLUMNS

# Columns that are not a field of a sheet, but are needed to read another column.
CURRENCY, WEIGHTS, DURATION = "currency", "goal_weights", "duration"
SOURCE = "source_id"  # the column of the source's identifier of each project
BEFORE = 22  # number of columns of exports before version 0.3.0
NAMES = {
    "title": ("titre", "title", "project title", "nom du projet", "projet", "nom de l action"),
    "status": ("statut", "status", "etat d avancement"),
    "start": ("debut", "start", "start date", "date debut", "annee de debut", "annee", "demarrage",
              "date de demarrage", "dates", "periode", "periode de realisation"),
    "end": ("fin", "end", "end date", "date fin", "annee de fin", "date d achevement"),
    DURATION: ("duree", "duree mois", "duree en mois", "duree du projet", "nombre de mois",
               "duration", "duration months"),
    "locality": ("localite", "location", "place", "ville", "commune", "lieu"),
    "zones": ("zones", "region", "regions", "zone"),
    "countries": ("pays", "country", "countries", "pays d intervention", "pays concerne",
                  "pays concernes"),
    "budget": ("budget", "montant", "cout", "cost", "amount", "montant total", "cout total",
               "budget previsionnel", "montant du projet", "cout du projet"),
    CURRENCY: ("monnaie", "devise", "currency", "monnaie du budget"),
    "regional_funders": ("financeurs regionaux",),
    "national_funders": ("financeurs nationaux",),
    "other_funders": ("autres financeurs", "financeurs", "bailleurs", "funders", "donors"),
    "sectors": ("secteurs", "secteur", "themes", "theme", "thematique", "thematiques", "sector",
                "sectors", "domaine", "domaines"),
    "goals": ("odd", "sdg", "sdgs", "objectifs de developpement durable"),
    WEIGHTS: ("odd poids", "poids des odd"),
    "lead_organisation.name": ("porteur", "association", "structure", "organisation",
                               "organization", "porteur du projet", "porteur de projet"),
    "lead_organisation.structure_types": ("type structure", "type de structure"),
    "lead_organisation.address": ("adresse", "address", "porteur adresse"),
    "lead_organisation.countries": ("porteur pays",),
    "lead_organisation.sectors": ("porteur secteurs",),
    "context": ("contexte", "context", "background"),
    "audiences": ("publics", "beneficiaires", "beneficiaries"),
    "local_partners": ("partenaires locaux", "partenaires", "partners"),
    "objectives": ("objectifs", "objectif", "description", "resume", "objectives", "summary"),
    "activities": ("activites", "activities"),
    "results": ("resultats", "results"),
    # A column « id » is often a row number, which another file reuses for another project.
    SOURCE: ("identifiant iati", "iati identifier", "identifiant du projet", "project id",
             "identifiant a la source"),
    "links": ("lien", "liens", "site", "url", "link", "site web", "site internet"),
}  # fmt: skip
FIELDS: dict[str, tuple[str, Kind]] = {
    entry.field: (entry.label, entry.kind) for entry in (*ENTRIES, *SECTION_ENTRIES)
}
COLUMN_LABELS = LABELS | {
    CURRENCY: "Monnaie du budget",
    DURATION: "Durée, en mois",
    WEIGHTS: "Poids des ODD",
    SOURCE: "Identifiant à la source",
}


def _by_name() -> dict[str, str]:
    known = {fold(label): field for field, (label, _) in FIELDS.items()}
    for entry in (*ENTRIES, *SECTION_ENTRIES):
        if entry.block != LEAD:
            known |= dict.fromkeys(entry.labels, entry.field)
    known |= {fold(label): field for field, label in COLUMN_LABELS.items()}
    return known | {name: field for field, names in NAMES.items() for name in names}


KNOWN = _by_name()


def guess_mapping(columns: Sequence[Column]) -> dict[str, str]:
    """Return the field of a sheet that each heading seems to mean, without unknown headings.

    If several headings mean the same field, the first one gets it. A column « adresse » of URLs is
    the identifier of the source.
    """
    guessed: dict[str, str] = {}
    for column in columns:
        field = next((KNOWN[name] for name in names_of(column.name) if name in KNOWN), None)
        is_url = column.example.startswith(("http://", "https://"))
        if is_url and fold(column.name) in ("adresse", "address"):
            guessed[column.name] = SOURCE  # in exports of Explor, the URL of the sheet
            continue
        if field and field not in guessed.values():
            guessed[column.name] = field
    return guessed


def is_ours(headings: Sequence[str]) -> bool:
    """Return whether a table has the columns of an Explor export, even one before 0.3.0."""
    return set(SHEET_COLUMNS[:BEFORE]) <= set(headings)
