"""The result of reading a sheet: the sheet, and how each field was interpreted."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from ._sheet import Sheet

Outcome = Literal["understood", "blank", "absent", "left_out"]

OUTCOMES_FR: dict[Outcome, str] = {
    "understood": "compris",
    "blank": "vide (« -- »)",
    "absent": "absent du fichier",
    "left_out": "laissé de côté",
}


class UnreadableSheet(ValueError):
    """Raised when a file cannot be read as a sheet; the French message gives the reason."""


class FieldReport(NamedTuple):
    """How a field was read, or a passage of the file that is not a field (`field` is then None).

    `field` is the attribute of `Sheet`, with a dotted name for the lead organisation; `text` is the
    text in the file; `why` is a remark or the reason why it was not understood, or ""; `line` is
    the line or row of the file, from 1, None when the field is absent. A file has many: a tuple is
    built three times faster than a frozen dataclass.
    """

    field: str | None
    label: str
    outcome: Outcome
    text: str = ""
    why: str = ""
    line: int | None = None


@dataclass(frozen=True, kw_only=True)
class Note:
    """A remark on a file, such as damaged accents; `line` is from 1, None for the whole file."""

    text: str
    line: int | None = None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The sheet read from a file, with reports and notes for its author.

    `fields` holds a report for each field, then one for each passage that was not used; `notes`
    holds the remarks on the file. `source_id` is the identifier that the source gives to the
    project, such as its `iati-identifier` or the URL of its page; None when it gives none.
    """

    sheet: Sheet
    fields: tuple[FieldReport, ...]
    notes: tuple[Note, ...] = ()
    source_id: str | None = None

    @property
    def understood(self) -> tuple[FieldReport, ...]:
        return tuple(report for report in self.fields if report.outcome == "understood")

    @property
    def left_out(self) -> tuple[FieldReport, ...]:
        return tuple(report for report in self.fields if report.outcome == "left_out")
