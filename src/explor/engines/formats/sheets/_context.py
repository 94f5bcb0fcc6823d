"""Context needed to read a field: its heading, and the countries and dates of other fields."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from explor.engines.french.amounts import Unit
from explor.engines.french.dates import Part, end_after, months_of, read_period

from ._dates import PartialDate
from ._reading import FieldReport, Note, Reading

REVERSED = "La date de fin précède la date de début."
CHECK = "vérifiez"  # the last word of remarks that need a human check


@dataclass(kw_only=True)
class FieldContext:
    """The context of a field while it is read, and values for other fields that it contains.

    Args:
        last: the field is an end date: a quarter means its last month.
        unit: the currency and factor in the heading.
        countries: the countries of the sheet, which determine the currency of « F CFA ».
        end: the end date found in the start field, such as « 2022-2024 » or « mars 2024, 18 mois ».
    """

    last: bool = False
    unit: Unit | None = None
    countries: Sequence[str] = ()
    end: PartialDate | None = None


def read_dates(text: str, context: FieldContext) -> tuple[PartialDate, tuple[str, ...]]:
    """Return (date, French remarks) for a date field: the end if `context.last`, else the start.

    Stores the end in `context.end` if the text of a start also contains an end. Raises ValueError,
    with a French message, when the text is not a date.
    """
    period = read_period(text)
    start, end = period.start, period.end
    if context.last:
        return PartialDate.from_part(end or start), period.remarks
    context.end = PartialDate.from_part(end) if end else None
    return PartialDate.from_part(start), period.remarks


def end_of(start: PartialDate, duration: str) -> PartialDate | None:
    """Return the end date after a duration such as « 18 mois »; None if it is not a duration."""
    months = months_of(duration)
    part = Part(start.year, start.month, start.day)
    return PartialDate.from_part(end_after(part, months)) if months else None


def in_order(reading: Reading) -> Reading:
    """Return a reading unchanged, or with a note and a reason if the end is before the start.

    The reason is on the end. Both dates are kept; a sheet with such dates cannot be published.
    """
    start, end = reading.sheet.start, reading.sheet.end
    if start is None or end is None or end.last_day() >= start.first_day():
        return reading
    why = f"la fin ({end}) précède le début ({start}) : une telle fiche ne se publie pas"
    reports = tuple(
        each._replace(why=why) if each.field == "end" else each for each in reading.fields
    )
    notes = tuple(note for note in reading.notes if note.text != REVERSED)
    return replace(reading, fields=reports, notes=(*notes, Note(text=REVERSED)))


def to_check(reports: Sequence[FieldReport], line: int | None = None) -> tuple[Note, ...]:
    """Return a note for each field whose text was ambiguous, so that somebody checks the value."""
    return tuple(
        Note(text=f"{each.label} : {each.why}.", line=line or each.line)
        for each in reports
        if each.outcome == "understood" and each.why.endswith(CHECK)
    )
