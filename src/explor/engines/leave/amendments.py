"""Amendments to the tables of the law: the cells that may change, checks, and resulting tables.

A cell is a field of a row of a table. Dates, thresholds and texts may change; keys, lists of
articles and conditions may not.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final, Literal

from .papers import fields_of
from .tables import SOFTWARE, Row, Tables

Kind = Literal["days", "months", "weeks", "hours", "number", "date", "silence", "text", "id"]

LONGEST: Final = 2000  # maximum number of characters of a text
MOST: Final[Mapping[str, int]] = {
    "days": 366,
    "months": 120,
    "weeks": 104,
    "hours": 720,
    "number": 1_000_000,
}
UNITS: Final[Mapping[str, str]] = {
    "days": "jours",
    "months": "mois",
    "weeks": "semaines",
    "hours": "heures",
}
LEGAL_ID: Final = re.compile(r"[A-Z]{8}\d{12}")


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field that may be amended: `label` in French, `kind`, and whether it may be blank."""

    label: str
    kind: Kind
    blank: bool = True


EDITABLE: Final[Mapping[str, Mapping[str, Field]]] = {
    "schemes": {
        "article": Field(label="Textes cités", kind="text", blank=False),
        "longest_months": Field(label="Durée la plus longue", kind="months"),
        "notice_days": Field(label="Préavis légal", kind="days"),
        "answer_days": Field(label="Délai de réponse de l’employeur", kind="days"),
        "silence_is_consent": Field(label="Ce que vaut son silence", kind="silence"),
        "advised_days": Field(label="Préavis conseillé", kind="days"),
        "valid_from": Field(label="Premier jour du cadre", kind="date"),
        "valid_to": Field(label="Dernier jour du cadre", kind="date"),
        "doubtful_to": Field(label="Dernier jour, selon l’autre lecture", kind="date"),
    },
    # The effect of silence after an urgent request is a rule of `journey.releases`, not a value.
    "urgent": {
        "longest_weeks": Field(label="Urgence : durée la plus longue", kind="weeks", blank=False),
        "notice_hours": Field(label="Urgence : préavis", kind="hours", blank=False),
        "answer_hours": Field(label="Urgence : délai de réponse", kind="hours", blank=False),
    },
    "thresholds": {"value": Field(label="Valeur", kind="number", blank=False)},
    "laws": {
        "title": Field(label="Ce que dit l’article", kind="text", blank=False),
        "legal_id": Field(label="Identifiant de Légifrance", kind="id"),
    },
    "facts": {"text": Field(label="Phrase", kind="text", blank=False)},
    "papers": {
        "title": Field(label="Titre du papier", kind="text", blank=False),
        "purpose": Field(label="À quoi sert le papier", kind="text", blank=False),
    },
    "clauses": {
        "title": Field(label="Titre de la clause", kind="text", blank=False),
        "text": Field(label="Texte de la clause", kind="text", blank=False),
    },
}


@dataclass(frozen=True, kw_only=True)
class Amendment:
    """A new value for one cell of the leave tables, with its source and the day it was read."""

    table: str
    key: str
    field: str
    value: str
    source: str
    read_on: date


def key_of(table: str, row: Row) -> str:
    """Return the key of a row, unique in its table and without space or slash."""
    if table == "thresholds":
        return f"{row['key']}-{row['above']}" if row["above"] else row["key"]
    if table == "clauses":
        parts = (row["papers"].split(";")[0], row["clause"], row["branches"].replace(";", "-"))
        return ".".join(part for part in parts if part)
    name = {"schemes": "code", "urgent": "scheme", "laws": "id"}.get(table, "key")
    return row[name]


def row_of(table: str, key: str, tables: Tables = SOFTWARE) -> Row | None:
    """Return the row with this key in a table; None if there is none, or if it may not change."""
    if table not in EDITABLE:
        return None
    return next((row for row in tables.rows(table) if key_of(table, row) == key), None)


def value_of(table: str, key: str, field: str, tables: Tables = SOFTWARE) -> str | None:
    """Return the text of a cell; None when there is no such cell or it may not change."""
    row = row_of(table, key, tables)
    return None if row is None or field not in EDITABLE[table] else row[field]


def amended(amendments: Iterable[Amendment], tables: Tables = SOFTWARE) -> Tables:
    """Return the tables with the amended cells; ignore amendments of cells that no longer exist.

    The source and the reading day of an amended row are those of its latest amendment.
    """
    by_row: dict[tuple[str, str], list[Amendment]] = defaultdict(list)
    for each in amendments:
        if value_of(each.table, each.key, each.field, tables) is not None:
            by_row[each.table, each.key].append(each)
    changed = {
        table: tuple(_amended(row, by_row.get((table, key_of(table, row)))) for row in rows)
        for table in dict.fromkeys(table for table, _ in by_row)
        for rows in [tables.rows(table)]
    }
    return Tables(changed) if changed else tables


def _amended(row: Row, amendments: list[Amendment] | None) -> Row:
    if not amendments:
        return row
    last = max(amendments, key=lambda each: each.read_on)
    cells = {each.field: each.value for each in amendments}
    return MappingProxyType(
        {**row, **cells, "source": last.source, "read_on": last.read_on.isoformat()}
    )


def faults_of(amendment: Amendment, tables: Tables, *, today: date) -> list[str]:
    """Return French reasons why an amendment cannot apply to these tables; [] when it can."""
    present = value_of(amendment.table, amendment.key, amendment.field, tables)
    if present is None:
        return ["Cette valeur n’existe pas, ou ne se change pas ici."]
    field = EDITABLE[amendment.table][amendment.field]
    faults = [] if amendment.source.strip() else ["Donnez la source : une adresse ou un texte."]
    if amendment.read_on > today:
        faults.append("Le jour de lecture est à venir.")
    if amendment.value == present:
        faults.append("C’est déjà la valeur en vigueur.")
    wrong = _wrong_value(field, amendment.value, present)
    return [*faults, *wrong] or faults_of_order(amendment, tables)


def _wrong_value(field: Field, value: str, present: str) -> list[str]:
    """Return French reasons why a text is not a valid value of a field; [] when it is valid.

    Reasons: it is blank, is not a number or a date, or lacks a field of a clause.
    """
    if not value:
        return [] if field.blank else [f"{field.label} : une valeur est nécessaire."]
    if field.kind in MOST:
        return _wrong_number(field, value)
    if field.kind == "date":
        return [] if _is_day(value) else [f"{field.label} : écrivez un jour, comme 2027-12-27."]
    if field.kind == "silence":
        return [] if value in ("yes", "no") else [f"{field.label} : répondez par oui ou non."]
    if field.kind == "id":
        right = LEGAL_ID.fullmatch(value)
        return (
            []
            if right
            else [f"{field.label} : huit lettres puis douze chiffres, comme LEGIARTI000033021817."]
        )
    return _wrong_text(field, value, present)


def _wrong_number(field: Field, value: str) -> list[str]:
    most = MOST[field.kind]
    if re.fullmatch(r"\d{1,9}", value) and 1 <= int(value) <= most:
        return []
    unit = f" de {UNITS[field.kind]}" if field.kind in UNITS else ""
    return [f"{field.label} : écrivez un nombre entier{unit}, de 1 à {most}."]


def _wrong_text(field: Field, value: str, present: str) -> list[str]:
    if value != value.strip() or "\n" in value or len(value) > LONGEST:
        return [f"{field.label} : un seul paragraphe, {LONGEST} signes au plus."]
    kept, names = fields_of(present), fields_of(value)
    lost = [f"Gardez [{name}]." for name in kept if name not in names]
    return lost + [f"« [{name}] » n’est pas un champ connu." for name in names if name not in kept]


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def faults_of_order(amendment: Amendment, tables: Tables) -> list[str]:
    """Return French reasons why the amended row is inconsistent; [] when it is consistent.

    The days of a scheme and the steps of a scale must stay in order, and the meaning of silence
    needs a number of days to answer.
    """
    after = amended([amendment], tables)
    row = row_of(amendment.table, amendment.key, after)
    if row is not None and amendment.table == "schemes":
        if row["doubtful_to"] and row["valid_to"] > row["doubtful_to"]:
            return ["Changez ou effacez d’abord l’autre lecture du dernier jour, désormais passée."]
        days = [row[name] for name in ("valid_from", "valid_to", "doubtful_to") if row[name]]
        if days != sorted(days) or (row["doubtful_to"] and not row["valid_to"]):
            return ["Les jours du cadre ne se suivent pas : premier, dernier, autre lecture."]
        if row["silence_is_consent"] and not row["answer_days"]:
            return ["Le silence ne vaut quelque chose que s’il y a un délai de réponse."]
    if row is not None and amendment.table == "thresholds":
        steps = [int(each["value"]) for each in after.rows("thresholds") if _same(each, row)]
        if steps != sorted(steps):
            return ["Les paliers ne montent plus : changez d’abord le palier voisin."]
    return []


def _same(one: Row, other: Row) -> bool:
    return one["key"] == other["key"]
