"""Sheets from a table (CSV, XLSX, ODS, flat JSON), one a row, under columns mapped to fields.

Nothing in a file is ever run: a formula is only its last value, a script only its text.
"""

import csv
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from explor.engines.interchange.json_rows import table_rows
from explor.engines.interchange.layout import CARRIER, ENTRIES, SECTION_ENTRIES, Kind
from explor.engines.interchange.reading import FieldReport, Note, Outcome, Reading, UnreadableSheet
from explor.engines.interchange.sheet import Carrier, Sheet
from explor.engines.interchange.tables import FORMULA
from explor.engines.interchange.text import clean_line, escape, fold
from explor.engines.interchange.values import parse

MAX_BYTES = 20_000_000
MAX_UNPACKED = 150_000_000  # a workbook that swells beyond this is refused before it is opened
MAX_COLUMNS = 200
CURRENCY = "currency"
# Names of columns, beyond the labels of the sheet: ours when we export, and English ones.
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
    "carrier.name": ("porteur", "association", "structure", "organisation", "organization"),
    "carrier.structure_types": ("type structure", "type de structure"),
    "carrier.address": ("adresse", "address"),
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
LABELS = {name: label for name, (label, _) in FIELDS.items()} | {CURRENCY: "Monnaie du budget"}


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column by its heading, and the first value that stands under it."""

    name: str
    example: str = ""


def columns_of(data: bytes, name: str) -> list[Column]:
    """The columns of a file. UnreadableSheet when it is no table, or has no heading."""
    rows = _rows(data, name)
    head = next(rows, [])
    names = _headings(head)
    if not any(names):
        raise UnreadableSheet("La première ligne du tableau doit nommer les colonnes.")
    if len(names) > MAX_COLUMNS:
        raise UnreadableSheet(f"Plus de {MAX_COLUMNS} colonnes : ce tableau n’est pas une liste.")
    examples: dict[int, str] = {}
    for row in (row for _, row in zip(range(50), rows, strict=False)):
        for at, cell in enumerate(row[: len(names)]):
            if cell and at not in examples:
                examples[at] = cell[:80]
    return [Column(name=n, example=examples.get(at, "")) for at, n in enumerate(names)]


def guess_mapping(columns: Sequence[Column]) -> dict[str, str]:
    """The field that each heading names, each field once; the others are left to be chosen."""
    known = {fold(label): field for field, (label, _) in FIELDS.items()}
    for entry in (*ENTRIES, *SECTION_ENTRIES):
        if entry.block != CARRIER:
            known |= dict.fromkeys(entry.labels, entry.field)
    known |= {fold(name): field for field, names in NAMES.items() for name in names}
    guessed: dict[str, str] = {}
    for column in columns:
        field = known.get(fold(column.name.replace("_", " ")))
        if field and field not in guessed.values():
            guessed[column.name] = field
    return guessed


def read_rows(data: bytes, name: str, mapping: Mapping[str, str]) -> Iterator[Reading]:
    """One reading a row, blank rows left out; `mapping` from headings to names of fields.

    Raises UnreadableSheet for a file that is no table, before the first row.
    """
    rows = _rows(data, name)
    headings = _headings(next(rows, []))
    fields = [mapping.get(heading, "") for heading in headings]
    for number, row in enumerate(rows, 2):
        if any(cell.strip() for cell in row):
            yield _reading(number, headings, fields, row)


def _reading(
    number: int, headings: Sequence[str], fields: Sequence[str], row: Sequence[str]
) -> Reading:
    reports: list[FieldReport] = []
    told: dict[str, Any] = {}
    cells = [
        (heading, field, _bare(cell))
        for heading, field, cell in zip(headings, fields, row, strict=False)
    ]
    currency = next((cell for _, field, cell in cells if field == CURRENCY), "")
    for heading, field, cell in cells:
        if field in FIELDS:
            text = f"{cell} {currency}".strip() if field == "budget" and cell else cell
            told[field], report = _understood(field, heading, text, number)
            reports.append(report)
        elif cell and field != CURRENCY:
            reports.append(_report(None, heading, "left_out", cell, "colonne non reprise", number))
    return Reading(sheet=_sheet(told), fields=tuple(reports), notes=_damage(row, number))


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
    """A cell in the way the values of a sheet are written in Markdown."""
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


def _sheet(told: dict[str, Any]) -> Sheet:
    own = {field: value for field, value in told.items() if "." not in field}
    carrier = {
        field.removeprefix("carrier."): value for field, value in told.items() if "." in field
    }
    return Sheet(carrier=Carrier(**carrier), **own)


def _damage(row: Sequence[str], number: int) -> tuple[Note, ...]:
    if any("\ufffd" in cell for cell in row):
        return (Note(text="Caractère illisible « \ufffd » : le texte a été abîmé.", line=number),)
    return ()


def _bare(cell: str) -> str:
    """A cell without the apostrophe that kept a spreadsheet from running it."""
    return cell[1:] if cell[:1] == "'" and cell[1:].lstrip(" ")[:1] in FORMULA else cell


def _headings(row: Sequence[str]) -> list[str]:
    """The names of the columns, each different; a column without one is numbered."""
    names: list[str] = []
    for at, cell in enumerate(row, 1):
        name = clean_line(cell) or f"Colonne {at}"
        names.append(name if name not in names else f"{name} ({at})")
    while names and names[-1].startswith("Colonne "):
        names.pop()
    return names


def _rows(data: bytes, name: str) -> Iterator[list[str]]:
    if len(data) > MAX_BYTES:
        raise UnreadableSheet(f"Le fichier dépasse {MAX_BYTES // 1_000_000} Mo.")
    if not data.strip():
        raise UnreadableSheet("Le fichier est vide.")
    if data[:4] == b"PK\x03\x04":
        return _workbook_rows(data)
    if name.lower().endswith((".json", ".jsonl")):
        return table_rows(data)
    if name.lower().endswith((".xlsx", ".ods")) or b"\0" in data[:4096]:
        raise UnreadableSheet("Ce fichier n’est pas un classeur lisible (XLSX ou ODS).")
    return _csv_rows(data)


def _workbook_rows(data: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if sum(each.file_size for each in archive.infolist()) > MAX_UNPACKED:
                raise UnreadableSheet("Ce classeur est trop gros une fois ouvert : refusé.")
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (zipfile.BadZipFile, CalamineError, IndexError) as fault:
        raise UnreadableSheet("Ce classeur est abîmé : il ne s’ouvre pas.") from fault
    return ([_text(cell) for cell in row] for row in rows)


def _text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _csv_rows(data: bytes) -> Iterator[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    head = text.splitlines()[0] if text.strip() else ""
    delimiter = max(";,\t|", key=head.count)
    reader = csv.reader(StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    while True:
        try:
            row = next(reader, None)
        except csv.Error as fault:
            raise UnreadableSheet(
                f"Le tableau est illisible à la ligne {reader.line_num} : {fault}."
            ) from fault
        if row is None:
            return
        yield row
