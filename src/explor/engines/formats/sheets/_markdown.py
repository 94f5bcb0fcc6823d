"""Reading and writing of project sheets in Markdown, in the layout of the programme's own sheets.

`read_sheet(write_sheet(sheet)).sheet == sheet` for every sheet that fits in a file (1 MB, 20,000
lines, 50,000 characters in a short field). `read_sheet` accepts curly apostrophes, other levels of
heading, missing sections, bullets and similar labels. It reports on every field, and on every
passage that it did not use.
"""

from typing import Any

from ._context import FieldContext, in_order
from ._dates import PartialDate
from ._guard import decode, refuse_hostile, remarks
from ._layout import (
    ENTRIES,
    HEADINGS,
    INFO,
    LEAD,
    SECTION_ENTRIES,
    TITLE_PREFIX,
    Entry,
    is_landmark,
)
from ._reading import FieldReport, Reading, UnreadableSheet
from ._scan import Passage, Scanner, escape_headings
from ._sheet import Sheet, sheet_of
from ._text import clean_markdown, escape
from ._values import parse, show_goals, show_link, show_names, show_types

BLANK = "--"
MAX_PASSAGES = 1000
_BARE_TITLES = ("fiche projet -", "fiche projet –", "fiche projet :", "fiche projet")


def read_bytes(data: bytes) -> Reading:
    """Return the sheet of a Markdown file; the refusals are those of `decode` and `read_sheet`."""
    text, notes = decode(data)
    reading = read_sheet(text)
    return Reading(sheet=reading.sheet, fields=reading.fields, notes=(*notes, *reading.notes))


def read_sheet(text: str) -> Reading:
    """Return the sheet of a Markdown text.

    Raises UnreadableSheet, in French, for a text without any field or section of a sheet, with more
    than `MAX_PASSAGES` of them, or that `refuse_hostile` refuses.
    """
    refuse_hostile(text)
    passages = Scanner(text.replace("\r\n", "\n").replace("\r", "\n")).passages
    if not any(passage.role in ("field", "section", "status") for passage in passages):
        raise UnreadableSheet(
            "Aucune rubrique de fiche projet n’a été reconnue (« Date de début », « Porteur du "
            "projet », « Contexte »...). Vérifiez que ce fichier est bien une fiche."
        )
    if len(passages) > MAX_PASSAGES:
        raise UnreadableSheet(
            f"Plus de {MAX_PASSAGES} rubriques : ce fichier n’est pas une seule fiche projet."
        )
    gathered = _Gathered()
    for passage in sorted(passages, key=_is_amount):  # the countries first, for « F CFA »
        gathered.take(passage)
    gathered.complete()
    reports = tuple(gathered.in_order())
    notes = tuple(remarks(text))
    return in_order(Reading(sheet=gathered.sheet(), fields=reports, notes=notes))


def _is_amount(passage: Passage) -> bool:
    return passage.entry is not None and passage.entry.kind == "money"


class _Gathered:
    """The values and reports of the fields, collected passage by passage."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.reports: dict[str, FieldReport] = {}
        self.others: list[FieldReport] = []
        self.range_end: PartialDate | None = None

    def take(self, passage: Passage) -> None:
        entry, text = passage.entry, "\n".join(passage.lines).strip()
        if entry is None:
            why = "rubrique inconnue" if passage.role == "stray" and text else "texte hors rubrique"
            if text or passage.label:
                self._leave(passage, text or passage.label, why)
            return
        context = FieldContext(
            last=entry.field == "end", countries=self.values.get("countries", ())
        )
        value, faults = parse(entry.kind, _without_prefix(passage), context)
        if entry.kind == "markdown":
            value = clean_markdown(value)
        known = self.values.get(entry.field)
        if known and value and entry.kind in ("links", "markdown"):
            value = known + value if entry.kind == "links" else f"{known}\n\n{value}"
        elif known and (value or faults):
            first = self.reports[entry.field].line
            self._leave(passage, text, f"déjà lu à la ligne {first}", entry)
            return
        if value or entry.field not in self.values:
            self.values[entry.field] = value
            self.range_end = context.end or self.range_end
            self._report(entry, passage, text, faults)

    def complete(self) -> None:
        """Set the missing end date from the start field, for instance « de mars à juin 2024 »."""
        if self.range_end and not self.values.get("end"):
            self.values["end"] = self.range_end
            report = self.reports["start"]
            self.reports["end"] = report._replace(
                field="end", label="Date de fin", why=f"donnée par « {report.label} »"
            )

    def _report(self, entry: Entry, passage: Passage, text: str, faults: tuple[str, ...]) -> None:
        value = self.values[entry.field]
        self.reports[entry.field] = FieldReport(
            field=entry.field,
            label=entry.label,
            outcome="understood" if value else "left_out" if faults else "blank",
            text=text,
            why=" ; ".join(faults),
            line=passage.first,
        )

    def _leave(self, passage: Passage, text: str, why: str, entry: Entry | None = None) -> None:
        label = entry.label if entry else passage.label
        self.others.append(
            FieldReport(
                field=None, label=label, outcome="left_out", text=text, why=why, line=passage.first
            )
        )

    def sheet(self) -> Sheet:
        return sheet_of(self.values)

    def in_order(self) -> list[FieldReport]:
        absent = (
            FieldReport(field=entry.field, label=entry.label, outcome="absent")
            for entry in (*ENTRIES, *SECTION_ENTRIES)
        )
        return [self.reports.get(report.field or "", report) for report in absent] + self.others


def _without_prefix(passage: Passage) -> list[str]:
    """Return the lines of a passage; remove the prefix « Fiche projet - » from a title."""
    lines = passage.lines or [""]
    if passage.role == "title":
        title = lines[0].replace("—", "–", 1) if lines[0].lower().startswith("fiche") else lines[0]
        for prefix in _BARE_TITLES:
            if title.lower().startswith(prefix):
                return [lines[0][len(prefix) :].strip()]
    return lines


def write_sheet(sheet: Sheet) -> str:
    """Return the sheet as Markdown, with « -- » for blank fields."""
    parts = [
        f"# {TITLE_PREFIX}{escape(sheet.title) if sheet.title else BLANK}",
        f"## {HEADINGS[INFO]}",
        f"### PROJET {sheet.status.upper() if sheet.status else BLANK}",
    ]
    parts += [_field(sheet, entry) for entry in ENTRIES[2:] if entry.block == INFO]
    parts += [f"## {HEADINGS[LEAD]}", *_lead_organisation(sheet), "---"]
    for entry in SECTION_ENTRIES:
        text = getattr(sheet, entry.field)
        parts += [f"## {entry.label}", escape_headings(text) if text else BLANK]
    return "\n\n".join(parts) + "\n"


def _lead_organisation(sheet: Sheet) -> list[str]:
    name = sheet.lead_organisation.name
    parts = [f"### {escape(name) if name else BLANK}"]
    if name and _reserved(name):
        parts = [f"**Nom :** {escape(name)}"]
    parts += [_field(sheet, e) for e in ENTRIES if e.block == LEAD and e.kind != "links"][1:]
    return parts + [show_link(link) for link in sheet.links]


def _reserved(name: str) -> bool:
    """Return whether a name used as a heading would be read as a section or label of the sheet."""
    from_heading = Scanner(f"## {HEADINGS[LEAD]}\n\n### {escape(name)}").passages
    return is_landmark(name) or [p.role for p in from_heading] != ["name"]


def _field(sheet: Sheet, entry: Entry) -> str:
    owner: Any = sheet.lead_organisation if entry.block == LEAD else sheet
    value = getattr(owner, entry.field.rpartition(".")[2])
    shown = _show(entry, value) if value else BLANK
    if entry.block == LEAD:
        return f"**{entry.label} :** {shown}"
    return f"**{entry.label}** : {shown}"


def _show(entry: Entry, value: Any) -> str:
    if entry.kind == "names":
        return show_names(value, linked="funders" not in entry.field)
    if entry.kind == "types":
        return show_types(value)
    if entry.kind == "goals":
        return show_goals(value)
    return escape(str(value))
