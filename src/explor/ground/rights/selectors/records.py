"""Formatting of database rows as dictionaries for the copy of a person's data."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models.fields.files import FieldFile

from explor.ground.accounts.models import Person
from explor.ground.audit.models import Entry

# Technical columns, and secrets that would let somebody act in place of the person.
LEFT_OUT = {"version", "digest", "password", "token", "sha256", "uid", "session_data", "tab"}
MORE = "{} ({})"


def records(
    rows: "models.QuerySet[Any]",
    *,
    also: Mapping[str, str] | None = None,
    without: tuple[str, ...] = (),
) -> Iterator[dict[str, Any]]:
    """Yield each row as {French label: JSON value}.

    Relations are left out, as they may name somebody else.

    Args:
        also: {label: path of a relation or of a value} to add, such as {"besoin": "need__title"}.
        without: the columns to leave out, such as the name of an officer.
    """
    fields = [
        field
        for field in rows.model._meta.concrete_fields
        if not (field.is_relation or field.primary_key)
        and field.name not in LEFT_OUT
        and field.name not in without
    ]
    joined = {path.rpartition("__")[0] for path in (also or {}).values() if "__" in path}
    rows = rows.select_related(*joined) if joined else rows
    for row in rows.iterator(chunk_size=500):
        record: dict[str, Any] = {}
        for label, path in (also or {}).items():
            record[label] = plain(_at(row, path))
        for field in fields:
            label = str(field.verbose_name)
            label = MORE.format(label, field.name) if label in record else label
            record[label] = _value(row, field)
        yield record


def authored(
    person: Person,
    rows: "models.QuerySet[Any]",
    *,
    verbs: tuple[str, ...],
    file: str = "",
    party: str = "",
) -> "models.QuerySet[Any]":
    """Return the rows that a person wrote, according to the journal.

    Args:
        verbs: the journal verbs of the actions that write such a row.
        file: the relation from a row to its case file, the subject (need, proposal...) of these
            journal entries; "" if the row is the subject. With `file`, the author named in the
            column `by` of the row must also be the person.
        party: the column of a row that holds the role of its author, if there is one.
    """
    acts = Entry.objects.filter(person=person.pk, verb__in=verbs)
    if not file:
        own = acts.filter(kind=rows.model._meta.label_lower)
        return rows.filter(pk__in=own.values("subject"))
    related: Any = rows.model._meta.get_field(file).related_model
    on_file = acts.filter(kind=related._meta.label_lower, subject=models.OuterRef(file))
    if party:
        on_file = on_file.filter(role=models.OuterRef(party))
    return rows.filter(models.Exists(on_file), by=person.name)


def _at(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name) if row is not None else None
    return row


def _value(row: Any, field: Any) -> Any:
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    return plain(getattr(row, field.attname))


def plain(value: Any) -> Any:
    """Return a value as a JSON value."""
    if value is None or isinstance(value, bool | int | float | str | dict):
        return value
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, FieldFile):
        return str(value.name)
    if hasattr(value, "lower") and hasattr(value, "upper"):  # a range of dates
        return {"du": plain(value.lower), "au (exclu)": plain(value.upper)}
    return str(value)
