"""Conversion of a sheet to JSON and back, without loss.

The keys are the attributes of `Sheet`; blank fields are omitted. Dates are « 2022 », « 2022-12 » or
« 2022-12-03 ». An amount is a string with two decimals, so that it is never rounded.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from ._context import in_order
from ._dates import PartialDate
from ._guard import decode
from ._layout import ENTRIES, LABELS, SECTION_ENTRIES, Kind
from ._money import Money
from ._reading import FieldReport, Note, Reading, UnreadableSheet
from ._sheet import Goal, LeadOrganisation, Link, Sheet, Status, StructureType, sheet_of
from ._text import legible


def write_json(sheet: Sheet) -> str:
    """Return the sheet as an indented JSON text."""
    return json.dumps(sheet_to_json(sheet), ensure_ascii=False, indent=2) + "\n"


def read_json(data: bytes) -> Sheet:
    """Return the sheet of a JSON file.

    Raises UnreadableSheet, in French, for a file that is not JSON or for the first faulty key.
    """
    text, _ = decode(data)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise UnreadableSheet(f"Ce n’est pas du JSON lisible ({str(fault)[:80]}).") from fault
    return sheet_from_json(value)


def sheet_to_json(sheet: Sheet) -> dict[str, Any]:
    """Return the sheet as a dict of JSON values by attribute, without the blank fields."""
    values = {name: _as_json(value) for name, value in vars(sheet).items() if value}
    return {name: value for name, value in values.items() if value}


def _as_json(value: Any) -> Any:
    if type(value) in (str, int):
        return value
    if isinstance(value, PartialDate):
        return value.iso()
    if isinstance(value, Money):
        return {"amount": str(value.amount), "currency": value.currency}
    if isinstance(value, tuple):
        return [_as_json(each) for each in value]
    if isinstance(value, LeadOrganisation | Goal | Link | StructureType):
        values = {name: _as_json(each) for name, each in vars(value).items()}
        return {name: each for name, each in values.items() if each not in (None, [])}
    return str(value) if isinstance(value, Status) else value


def sheet_from_json(data: Any) -> Sheet:
    """Build a sheet from the JSON values that `sheet_to_json` returns.

    Raises UnreadableSheet for the first faulty key.
    """
    entries = (*ENTRIES, *SECTION_ENTRIES)
    own_values = _object(data, "fiche", {e.field.partition(".")[0] for e in entries})
    lead_organisation_keys = {e.field.partition(".")[2] for e in entries if "." in e.field}
    lead_organisation = _object(
        own_values.get("lead_organisation", {}), "lead_organisation", lead_organisation_keys
    )
    values: dict[str, Any] = {}
    for entry in entries:
        key = entry.field.rpartition(".")[2]
        value = (lead_organisation if "." in entry.field else own_values).get(key)
        if value is not None:
            values[entry.field] = _read(entry.field, entry.kind, value)
    return sheet_of(values)


def lenient_sheet(data: Any, *, line: int | None = None) -> Reading:
    """Build a sheet from JSON values as `sheet_from_json`, but skip the keys that cannot be read.

    A report names each skipped key, with the reason.
    """
    values: dict[str, Any] = {}
    reports: list[FieldReport] = []
    if not isinstance(data, dict):
        note = Note(text="« fiche » : un objet JSON est attendu.", line=line)
        return Reading(sheet=Sheet(), fields=(), notes=(note,))
    entries = {entry.field: entry for entry in (*ENTRIES, *SECTION_ENTRIES)}
    for name, value in _flat(data):
        if value in (None, "", [], {}):
            continue
        text = _as_text(value)
        entry = entries.get(name)
        if entry is None:
            label = legible(name)[:60]
            reports.append(_left(label, text, f"clé inconnue « {label} »", line))
            continue
        try:
            values[name] = _read(name, entry.kind, value)
        except UnreadableSheet as fault:
            reports.append(_left(LABELS[name], text, str(fault), line))
    sheet = sheet_of(values)
    reports = [*reports_of(sheet, values, line), *reports]
    notes = tuple(Note(text=f"{each.why}.", line=line) for each in reports if not each.field)
    return in_order(Reading(sheet=sheet, fields=tuple(reports), notes=notes))


def reports_of(sheet: Sheet, names: Iterable[str], line: int | None) -> list[FieldReport]:
    """Return a report for each of these fields of a sheet, with its value in French."""
    return [
        FieldReport(
            field=name,
            label=LABELS[name],
            outcome="understood" if (value := value_of(sheet, name)) else "blank",
            text=in_words(value)[:500],
            line=line,
        )
        for name in names
    ]


def value_of(sheet: Sheet, field: str) -> Any:
    """Return the value of a field, such as `title` or `lead_organisation.name`."""
    owner, _, name = field.rpartition(".")
    return getattr(sheet.lead_organisation if owner else sheet, name)


def in_words(value: Any) -> str:
    """Return a value of a sheet as French text: lists joined by « ; », "" for None."""
    if isinstance(value, tuple):
        return " ; ".join(map(str, value))
    return "" if value is None else str(value)


def _left(label: str, text: str, why: str, line: int | None) -> FieldReport:
    return FieldReport(
        field=None, label=label, outcome="left_out", text=text[:500], why=why, line=line
    )


def _flat(data: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield (field, value) pairs; fields of the lead organisation have dotted names."""
    for name, value in data.items():
        if name == "lead_organisation" and isinstance(value, dict):
            yield from ((f"lead_organisation.{key}", each) for key, each in value.items())
        else:
            yield name, value


def _as_text(value: Any) -> str:
    return legible(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _object(value: Any, where: str, keys: set[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UnreadableSheet(f"« {where} » : un objet JSON est attendu.")
    if unknown := sorted(set(value) - keys):
        raise UnreadableSheet(f"« {where} » : clé inconnue « {legible(unknown[0])[:60]} ».")
    return value


def _read(where: str, kind: Kind, value: Any) -> Any:
    try:
        return _READERS[kind](value)
    except (TypeError, ValueError, KeyError, InvalidOperation) as fault:
        raise UnreadableSheet(
            f"« {where} » : {legible(str(fault))[:200] or 'valeur refusée'}"
        ) from fault


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("un texte est attendu")
    if value != legible(value):
        raise ValueError("le texte tient des caractères qui n’en sont pas")
    return value


def _number(value: Any) -> int | None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise TypeError("un nombre entier est attendu")
    return value


def _list(read: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    def reader(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise TypeError("une liste est attendue")
        return tuple(read(each) for each in value)

    return reader


def _parts(value: Any, *keys: str) -> dict[str, Any]:
    return _object(value, ", ".join(keys), set(keys))


def _money(value: Any) -> Money:
    values = _parts(value, "amount", "currency")
    return Money(
        amount=Decimal(_text(values.get("amount"))), currency=_text(values.get("currency", "EUR"))
    )


def _goal(value: Any) -> Goal:
    values = _parts(value, "number", "weight")
    return Goal(number=_number(values.get("number")) or 0, weight=_number(values.get("weight")))


def _link(value: Any) -> Link:
    values = _parts(value, "label", "url")
    url = values.get("url")
    return Link(label=_text(values.get("label", "")), url=None if url is None else _text(url))


def _type(value: Any) -> StructureType:
    values = _parts(value, "type", "family")
    family = values.get("family")
    return StructureType(
        type=_text(values.get("type")), family=None if family is None else _text(family)
    )


_READERS: dict[Kind, Callable[[Any], Any]] = {
    "line": _text,
    "markdown": _text,
    "status": lambda value: Status(_text(value)),
    "date": lambda value: PartialDate.parse(_text(value)),
    "money": _money,
    "names": _list(_text),
    "goals": _list(_goal),
    "types": _list(_type),
    "links": _list(_link),
}
