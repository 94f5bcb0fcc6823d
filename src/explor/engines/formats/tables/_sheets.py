"""Reading of sheets in a table (CSV, XLSX, ODS, flat JSON): a sheet per row, a field per column.

Nothing in a file is ever executed: a formula is read as its last value, a script as text.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from explor.engines.cells import bare
from explor.engines.formats.sheets import (
    ENTRIES,
    LABELS,
    LEAD,
    SECTION_ENTRIES,
    FieldReport,
    Kind,
    Note,
    Outcome,
    Reading,
    escape,
    fold,
    parse,
    sheet_of,
)

from ._rows import Column, rows_of
from ._rows import headings as headings_of

CURRENCY = "currency"
# Other headings of columns than the labels of the sheet: those of our exports, and in English.
NAMES = {
    "title": ("titre", "title", "project title", "nom du projet", "projet"),
    "status": ("statut", "status"),
    "start": ("debut", "start", "start date", "date debut", "annee de debut", "annee"),
    "end": ("fin", "end", "end date", "date fin", "annee de fin"),
    "locality": ("localite", "location", "place", "ville", "commune"),
    "zones": ("zones", "region", "regions"),
    "countries": ("pays", "country", "countries"),
    "budget": ("budget", "montant", "cout", "cost", "amount"),
    CURRENCY: ("monnaie", "devise", "currency"),
    "regional_funders": ("financeurs regionaux",),
    "national_funders": ("financeurs nationaux",),
    "other_funders": ("autres financeurs", "financeurs", "bailleurs", "funders", "donors"),
    "sectors": ("secteurs", "secteur", "themes", "theme", "thematique", "sector", "sectors"),
    "goals": ("odd", "sdg", "sdgs", "objectifs de developpement durable"),
    "lead_organisation.name": (
        "porteur",
        "association",
        "structure",
        "organisation",
        "organization",
    ),
    "lead_organisation.structure_types": ("type structure", "type de structure"),
    "lead_organisation.address": ("adresse", "address"),
    "context": ("contexte", "context", "background"),
    "audiences": ("publics", "beneficiaires", "beneficiaries"),
    "local_partners": ("partenaires locaux", "partenaires", "partners"),
    "objectives": ("objectifs", "objectif", "description", "resume", "objectives", "summary"),
    "activities": ("activites", "activities"),
    "results": ("resultats", "results"),
    "links": ("lien", "liens", "site", "url", "link"),
}
FIELDS: dict[str, tuple[str, Kind]] = {
    entry.field: (entry.label, entry.kind) for entry in (*ENTRIES, *SECTION_ENTRIES)
}
COLUMN_LABELS = LABELS | {CURRENCY: "Monnaie du budget"}


def guess_mapping(columns: Sequence[Column]) -> dict[str, str]:
    """Return the field of a sheet that each heading seems to mean, without unknown headings.

    A field is given to the first heading that means it.
    """
    known = {fold(label): field for field, (label, _) in FIELDS.items()}
    for entry in (*ENTRIES, *SECTION_ENTRIES):
        if entry.block != LEAD:
            known |= dict.fromkeys(entry.labels, entry.field)
    known |= {fold(name): field for field, names in NAMES.items() for name in names}
    guessed: dict[str, str] = {}
    for column in columns:
        field = known.get(fold(column.name.replace("_", " ")))
        if field == "lead_organisation.address" and column.example.startswith(
            ("http://", "https://")
        ):
            continue  # in our exports: the URL of the sheet
        if field and field not in guessed.values():
            guessed[column.name] = field
    return guessed


def read_rows(data: bytes, name: str, mapping: Mapping[str, str]) -> Iterator[Reading]:
    """Yield one `Reading` per row, except blank rows; `mapping` gives the field of each heading.

    Raises UnreadableSheet before the first row when the file is not a table.
    """
    rows = rows_of(data, name)
    headings = headings_of(next(rows, []))
    fields = [mapping.get(heading, "") for heading in headings]
    for number, row in enumerate(rows, 2):
        if any(cell.strip() for cell in row):
            yield _reading(number, headings, fields, row)


def _reading(
    number: int, headings: Sequence[str], fields: Sequence[str], row: Sequence[str]
) -> Reading:
    reports: list[FieldReport] = []
    values: dict[str, Any] = {}
    cells = [
        (heading, field, bare(cell))
        for heading, field, cell in zip(headings, fields, row, strict=False)
    ]
    currency = next((cell for _, field, cell in cells if field == CURRENCY), "")
    for heading, field, cell in cells:
        if field in FIELDS:
            text = f"{cell} {currency}".strip() if field == "budget" and cell else cell
            values[field], report = _understood(field, heading, text, number)
            reports.append(report)
        elif cell and field != CURRENCY:
            reports.append(_report(None, heading, "left_out", cell, "colonne non reprise", number))
    return Reading(sheet=sheet_of(values), fields=tuple(reports), notes=_damage(row, number))


def _understood(field: str, heading: str, text: str, line: int) -> tuple[Any, FieldReport]:
    kind = FIELDS[field][1]
    value, faults = parse(kind, [_shaped(kind, text)])
    if faults:
        return value, _report(field, heading, "left_out", text, " ; ".join(faults), line)
    return value, _report(field, heading, "understood" if value else "blank", text, "", line)


def _report(
    field: str | None, label: str, outcome: Outcome, text: str, why: str, line: int
) -> FieldReport:
    return FieldReport(
        field=field, label=label, outcome=outcome, text=text[:500], why=why, line=line
    )


def _shaped(kind: Kind, text: str) -> str:
    """Return the text of a cell as a Markdown sheet would write it, for this kind of field."""
    if kind == "markdown":
        return text
    if kind in ("names", "goals", "types"):
        text = text.replace(";", "|").replace("\n", "|")
        if kind == "names":
            text = text if "|" in text else text.replace(",", "|")
        parts = [part.strip() for part in text.split("|") if part.strip()]
        if kind == "types":
            pairs = [part.rpartition("›") for part in parts]
            return " ; ".join(
                ", ".join(filter(None, (kind_.strip(), family.strip().upper())))
                for family, _, kind_ in pairs
            )
        return " ; ".join(escape(part, ",;") for part in parts)
    return text if kind == "links" else escape(text)


def _damage(row: Sequence[str], number: int) -> tuple[Note, ...]:
    if any("\ufffd" in cell for cell in row):
        return (Note(text="Caractère illisible « \ufffd » : le texte a été abîmé.", line=number),)
    return ()
