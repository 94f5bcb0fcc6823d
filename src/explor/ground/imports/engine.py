"""Reading of tables by `engines.formats`, guess of their columns, validation of their lines."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from explor.engines.cells import bare, is_formula
from explor.engines.formats import glance_at
from explor.engines.formats.sheets import UnreadableSheet
from explor.engines.formats.tables import table_of
from explor.ground.http.turns import turn
from explor.ground.reference.selectors import fold

__all__ = ["UnreadableSheet", "guess", "is_formula", "preview_of", "records_of", "understood"]
Shaper = Callable[[str, str], tuple[Any, str]]


def preview_of(
    content: bytes, name: str, known: Collection[str] = ()
) -> tuple[list[dict[str, str]], list[list[str]]]:
    """Return the columns of a table, as `name` and `example`, and the cells of its first 5 rows.

    `known` are folded headings, by which the table is found in a workbook of several sheets.
    The file is opened in a separate process with limits; only a few files are opened at a time.

    Raises:
        UnreadableSheet: the file is not a table, or its first line names no column.
        ActionNotAllowed: too many files are being opened.
    """
    with turn():
        start = glance_at(name, content, known=known)
    return start.columns, start.rows


def records_of(
    content: bytes, name: str, chosen: Mapping[str, str], known: Collection[str] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the number of each line of a table and its texts by field; skip blank lines.

    Args:
        content: the bytes of the file.
        name: the name of the file, whose extension gives its format.
        chosen: the field assigned to each heading; the other columns are ignored.
        known: the headings with which the table was found by `preview_of`.

    Raises:
        UnreadableSheet: the file is not a table, or is too large.
    """
    table = table_of(content, name, known)
    fields = [chosen.get(heading, "") for heading in table.headings]
    for number, row in table.rows:
        cells = zip(fields, row, strict=False)
        record = {name: bare(cell).replace("\0", "") for name, cell in cells if name}
        if any(text.strip() for text in record.values()):
            yield number, record


def guess(
    fields: Mapping[str, str], others: Mapping[str, Iterable[str]], names: Iterable[str]
) -> dict[str, str]:
    """Return {heading: field} for the headings recognised as names of a field.

    A field is given to one heading only, the first.

    Args:
        fields: the label of each field; where two fields share a name, the first one has it.
        others: other usual headings of a field, folded.
        names: the headings of the file.
    """
    known: dict[str, str] = {}
    for name, label in fields.items():
        known.setdefault(fold(label), name)
    for name in fields:
        for each in (name, *others.get(name, ())):
            known.setdefault(fold(each), name)
    guessed: dict[str, str] = {}
    for heading in names:
        field = known.get(fold(heading.replace("_", " ")))
        if field and field not in guessed.values():
            guessed[heading] = field
    return guessed


def understood(
    blank: forms.Form, record: Mapping[str, str], shaped: Shaper
) -> tuple[dict[str, Any] | None, list[list[str]]]:
    """Validate a line; return its values, in JSON types, and its errors as [label, text, reason].

    An invalid optional field is left out of the values; an invalid required field makes the values
    None. Blank values are left out.

    Args:
        blank: the form that validates a line, unbound. It does not change: the same serves all
            the lines of a file, since to build its lists of choices takes most of the time.
        record: the text of each field.
        shaped: returns the text of a cell in the form that a field accepts, and a fault or "".
    """
    faults: list[list[str]] = []
    labels = {name: str(field.label) for name, field in blank.fields.items()}
    given: dict[str, Any] = {}
    for name, text in record.items():
        value, fault = shaped(name, text)
        if fault:
            faults.append([labels[name], text[:120], fault])
        if value:
            given[name] = value
    form = _bound(blank, given)
    form.is_valid()
    for name, errors in form.errors.items():
        if labels[name] not in {fault[0] for fault in faults} or name not in record:
            faults.append([labels[name], record.get(name, "")[:120], str(errors[0])])
    if any(form.fields[name].required for name in form.errors):
        return None, faults
    values = {k: v for k, v in form.cleaned_data.items() if v not in ("", None, [])}
    kept = {k: v for k, v in values.items() if k in given or v is True}  # or deduced from others
    return {k: _plain(v) for k, v in kept.items()}, faults


def _bound(blank: forms.Form, given: dict[str, Any]) -> forms.Form:
    """Return a form with these values that shares the fields of `blank`."""
    form = copy(blank)
    form.is_bound, form.data = True, given
    form._errors, form._bound_fields_cache = None, {}  # type: ignore[attr-defined]
    if isinstance(form, forms.BaseModelForm):
        form.instance = form._meta.model()
    return form


def _plain(value: Any) -> Any:
    """Return a value in a type of JSON."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
