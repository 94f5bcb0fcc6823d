"""Reading of sheets in a table (CSV, XLSX, ODS, flat JSON): a sheet per row, a field per column.

Nothing in a file is ever executed: a formula is read as its last value, a script as text.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from explor.engines.cells import bare
from explor.engines.formats.sheets import (
    FieldContext,
    FieldReport,
    Kind,
    Note,
    Outcome,
    PartialDate,
    Reading,
    end_of,
    escape,
    in_order,
    in_words,
    legible,
    parse,
    parse_goals,
    sheet_of,
    to_check,
)
from explor.engines.french.amounts import Unit, read_amount, unit_of
from explor.engines.french.currencies import currency_of

from ._cells import own_value
from ._json_cells import Cell, cell_of
from ._json_rows import objects
from ._names import COLUMN_LABELS, CURRENCY, DURATION, FIELDS, KNOWN, SOURCE, WEIGHTS, is_ours
from ._rows import table_of

SHORT = 200  # characters of the cells whose values are remembered, for the next rows


@dataclass(kw_only=True)
class _Row:
    """A table row being read: its cells by field, then the values and reports."""

    number: int
    cells: dict[str, tuple[str, Cell]] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    reports: list[FieldReport] = field(default_factory=list)

    def text(self, name: str) -> str:
        return self.cells[name][1].text.strip() if name in self.cells else ""

    def report(self, name: str | None, label: str, outcome: Outcome, text: str, why: str) -> None:
        self.reports.append(
            FieldReport(field=name, label=label, outcome=outcome, text=text[:500], why=why,
                        line=self.number)
        )  # fmt: skip


def read_rows(data: bytes, name: str, mapping: Mapping[str, str]) -> Iterator[Reading]:
    """Yield one `Reading` per row, except blank rows; `mapping` gives the field of each heading.

    Raises UnreadableSheet before the first row when the file is not a table or is too large, and
    after some rows at a line of CSV that cannot be read.
    """
    if name.lower().endswith((".json", ".jsonl", ".jsonld")):
        yield from _json_readings(data, mapping)
        return
    table = table_of(data, name, KNOWN)
    notes = tuple(Note(text=text) for text in table.notes)
    ours = is_ours(table.headings)
    shown: Callable[[str], str] = str if table.typed else bare
    for number, row in table.rows:
        if not any(cell.strip() for cell in row):
            continue
        cells = [Cell(text=shown(cell)) for cell in row]
        yield _noted(_reading(number, table.headings, mapping, cells, ours=ours), notes)
        notes = ()


def _noted(reading: Reading, notes: tuple[Note, ...]) -> Reading:
    return replace(reading, notes=(*notes, *reading.notes)) if notes else reading


def _json_readings(data: bytes, mapping: Mapping[str, str]) -> Iterator[Reading]:
    for number, item in enumerate(objects(data), 1):
        cells = []
        for key, value in item.items():
            name = mapping.get(legible(key), "")
            kind = FIELDS[name][1] if name in FIELDS else "names"
            cells.append(cell_of(value, kind))
        names = [legible(key) for key in item]
        yield _reading(number, names, mapping, cells, ours=False)


def _reading(
    number: int,
    headings: Sequence[str],
    mapping: Mapping[str, str],
    cells: Sequence[Cell],
    *,
    ours: bool,
) -> Reading:
    row = _Row(number=number)
    for heading, cell in zip(headings, cells, strict=False):
        name = mapping.get(heading, "")
        if name in COLUMN_LABELS and name not in row.cells:
            row.cells[name] = (heading, cell)
        elif cell.text:
            row.report(None, heading, "left_out", cell.text, "colonne non reprise")
        for key, text in cell.left:
            row.report(None, f"{heading} : {key}", "left_out", text, "valeur sans place ici")
    extra = [cell.text for cell in cells[len(headings) :] if cell.text.strip()]
    if extra:
        row.report(None, "Sans en-tête", "left_out", " | ".join(extra), "colonne sans en-tête")
    for name in _ordered(row.cells):
        _understand(row, name, ours=ours)
    _complete(row)
    notes = (*_damage(cells, number), *to_check(row.reports, number))
    reading = Reading(
        sheet=sheet_of(row.values),
        fields=tuple(row.reports),
        notes=notes,
        source_id=row.text(SOURCE) or None,
    )
    return in_order(reading)


def _ordered(cells: Mapping[str, Any]) -> list[str]:
    """Return the fields in the order of the columns, the amount last since it depends on others."""
    names = [name for name in cells if name in FIELDS]
    return sorted(names, key=lambda name: name == "budget")


def _understand(row: _Row, name: str, *, ours: bool) -> None:
    heading, cell = row.cells[name]
    try:
        value, why = (_own if ours else _value)(row, name, cell)
    except ValueError as fault:
        row.report(name, heading, "left_out", cell.text, str(fault))
        return
    row.values[name] = value
    outcome: Outcome = "understood" if value else "left_out" if why else "blank"
    row.report(name, heading, outcome, cell.text, why)


def _own(row: _Row, name: str, cell: Cell) -> tuple[Any, str]:
    """Return (value, French remarks) for a cell exported by Explor."""
    kind = FIELDS[name][1]
    if not cell.text:
        return None if kind in ("line", "markdown", "status", "date", "money") else (), ""
    if kind == "money":
        return _money(row, name, cell)
    if name == "goals" and row.text(WEIGHTS):
        weighed = {goal.number: goal for goal in parse_goals(row.text(WEIGHTS))[0]}
        return tuple(weighed.get(each.number, each) for each in own_value(kind, cell.text)), ""
    return own_value(kind, cell.text), ""


def _value(row: _Row, name: str, cell: Cell) -> tuple[Any, str]:
    """Return (value, French remarks) for a cell typed by people."""
    kind = FIELDS[name][1]
    if kind == "markdown":
        return cell.text, ""
    if kind == "money" and cell.text.strip():
        return _money(row, name, cell)
    parsed = _parsed if len(cell.text) <= SHORT else _parsed.__wrapped__
    value, faults, end = parsed(kind, cell, name == "end")
    if end and not row.text("end"):
        row.values["end"] = end
        heading = row.cells[name][0]
        row.report(
            "end", COLUMN_LABELS["end"], "understood", cell.text, f"donnée par « {heading} »"
        )
    return value, " ; ".join(faults)


@lru_cache(maxsize=4000)  # the same countries, sectors and funders come back from row to row
def _parsed(kind: Kind, cell: Cell, last: bool) -> tuple[Any, tuple[str, ...], PartialDate | None]:
    """Return the value of a cell, its faults, and the end date that a start date contains."""
    context = FieldContext(last=last)
    value, faults = parse(kind, [_shaped(kind, cell)], context)
    return value, faults, context.end


def _money(row: _Row, name: str, cell: Cell) -> tuple[Any, str]:
    heading, countries = row.cells[name][0], tuple(row.values.get("countries") or ())
    unit, beside = unit_of(heading, countries), row.text(CURRENCY)
    remarks: list[str] = []
    if beside:
        code, remark = currency_of(beside, countries)
        remarks += [remark] if remark else []
        unit = Unit(currency=code, factor=unit.factor)
    value, faults = parse(
        "money", [escape(cell.text)], FieldContext(unit=unit, countries=countries)
    )
    if value is None and faults == ("monnaie absente (attendu : « 12 000 € »)",):
        amount = read_amount(cell.text)
        raise ValueError(
            f"monnaie absente : {in_words(amount.value)} de quoi ? Ajoutez une colonne « Monnaie »,"
            " ou écrivez « Budget (€) » en en-tête"
        )
    return value, " ; ".join((*remarks, *faults))


def _complete(row: _Row) -> None:
    """Compute the missing end date from the duration; report a column that was of no use."""
    if DURATION not in row.cells or not row.text(DURATION):
        return
    heading, cell = row.cells[DURATION]
    start = row.values.get("start")
    if row.values.get("end") or start is None:
        why = "la fin est donnée" if row.values.get("end") else "il manque le début"
        row.report(None, heading, "left_out", cell.text, f"durée non reprise : {why}")
        return
    end = end_of(start, cell.text)
    if end is None:
        row.report(None, heading, "left_out", cell.text, "durée incomprise (attendu : « 18 mois »)")
        return
    row.reports = [each for each in row.reports if each.field != "end"]
    row.values["end"] = end
    why = f"calculée : {end}"
    row.report("end", heading, "understood", cell.text, why)


def _shaped(kind: Kind, cell: Cell) -> str:
    """Return the text of a cell as in a Markdown sheet, for this kind of field."""
    text = cell.text
    if kind not in ("names", "goals", "types"):
        return text if kind == "links" else escape(text)
    parts = list(cell.parts) if cell.parts is not None else _parts(kind, text)
    if kind == "types":
        pairs = [part.rpartition("›") for part in parts]
        return " ; ".join(
            ", ".join(
                filter(None, (escape(kind_.strip(), ",;"), escape(family.strip().upper(), ",;")))
            )
            for family, _, kind_ in pairs
        )
    return " ; ".join(escape(part, ",;") for part in parts)


def _parts(kind: Kind, text: str) -> list[str]:
    """Split a typed list into items: at « ; », « | » or line breaks, else at commas for names."""
    text = text.replace(";", "|").replace("\n", "|")
    if kind == "names" and "|" not in text:
        text = text.replace(",", "|")
    return [part.strip() for part in text.split("|") if part.strip()]


def _damage(cells: Sequence[Cell], number: int) -> tuple[Note, ...]:
    if any("\ufffd" in cell.text for cell in cells):
        return (Note(text="Caractère illisible « \ufffd » : le texte a été abîmé.", line=number),)
    return ()
