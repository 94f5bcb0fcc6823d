"""The result of reading a sheet: the sheet, and how each field was understood."""

from dataclasses import dataclass
from typing import Literal

from ._sheet import Sheet

Outcome = Literal["understood", "blank", "absent", "left_out"]

OUTCOMES_FR: dict[Outcome, str] = {
    "understood": "compris",
    "blank": "vide (« -- »)",
    "absent": "absent du fichier",
    "left_out": "laissé de côté",
}


class UnreadableSheet(ValueError):
    """Raised when a file is not a sheet; the message, in French, gives the reason and advice."""


@dataclass(frozen=True, kw_only=True)
class FieldReport:
    """How a field was understood, or a passage that is not a field (`field` is then None).

    `field` is the attribute of `Sheet`, with a dotted name for the lead organisation; `text` is the
    text in the file; `why` is the reason why it was not understood, or empty; `line` counts from 1,
    and is None when the field is absent.
    """

    field: str | None
    label: str
    outcome: Outcome
    text: str = ""
    why: str = ""
    line: int | None = None


@dataclass(frozen=True, kw_only=True)
class Note:
    """A remark on the whole file, such as damaged accents or a disabled link."""

    text: str
    line: int | None = None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The sheet read in a file, with general remarks, one report per field, and the unused text."""

    sheet: Sheet
    fields: tuple[FieldReport, ...]
    notes: tuple[Note, ...] = ()

    @property
    def understood(self) -> tuple[FieldReport, ...]:
        return tuple(report for report in self.fields if report.outcome == "understood")

    @property
    def left_out(self) -> tuple[FieldReport, ...]:
        return tuple(report for report in self.fields if report.outcome == "left_out")
