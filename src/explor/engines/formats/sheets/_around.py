"""What stands around the text of a field: its heading, the countries and the dates beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from explor.engines.french.amounts import Unit
from explor.engines.french.dates import Part, end_after, months_of, read_period

from ._dates import PartialDate
from ._reading import FieldReport, Note, Reading

REVERSED = "La date de fin précède la date de début."
CHECK = "vérifiez"  # the last word of the remarks that somebody has to look at


@dataclass(kw_only=True)
class Around:
    """What helps to read a field, and what a field says of another.

    Args:
        last: the field is an end: a quarter gives its last month.
        unit: the currency of the heading.
        countries: those of the sheet, which settle « F CFA ».
        end: set by the reading of « 2022-2024 » or « mars 2024, 18 mois » in the start.
    """

    last: bool = False
    unit: Unit | None = None
    countries: Sequence[str] = ()
    end: PartialDate | None = None


def read_dates(text: str, around: Around) -> tuple[PartialDate, tuple[str, ...]]:
    """Return the start, or the end when `around.last`, of the text of a field, and the remarks.

    Raises ValueError, with a French message, when the text is no date.
    """
    period = read_period(text)
    start, end = period.start, period.end
    if around.last:
        return PartialDate.from_part(end or start), period.remarks
    around.end = PartialDate.from_part(end) if end else None
    return PartialDate.from_part(start), period.remarks


def end_of(start: PartialDate, duration: str) -> PartialDate | None:
    """Return the end of a project by its duration, None when the text is no duration."""
    months = months_of(duration)
    part = Part(start.year, start.month, start.day)
    return PartialDate.from_part(end_after(part, months)) if months else None


def in_order(reading: Reading) -> Reading:
    """Return a reading that says so when its end comes before its start: it is not published."""
    start, end = reading.sheet.start, reading.sheet.end
    if start is None or end is None or end.last_day() >= start.first_day():
        return reading
    why = f"la fin ({end}) précède le début ({start}) : une telle fiche ne se publie pas"
    reports = tuple(
        replace(each, why=why) if each.field == "end" else each for each in reading.fields
    )
    notes = tuple(note for note in reading.notes if note.text != REVERSED)
    return replace(reading, fields=reports, notes=(*notes, Note(text=REVERSED)))


def to_check(reports: Sequence[FieldReport], line: int | None = None) -> tuple[Note, ...]:
    """Return a note for each field whose value was chosen among several readings."""
    return tuple(
        Note(text=f"{each.label} : {each.why}.", line=line or each.line)
        for each in reports
        if each.outcome == "understood" and each.why.endswith(CHECK)
    )
