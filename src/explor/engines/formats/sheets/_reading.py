"""The reading of a sheet: the sheet, and field by field how it was understood."""

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
    """Raised when a file is not a sheet; the message, in French, says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class FieldReport:
    """The outcome of one field, or of one passage that is no field (`field` is then None).

    `field` is the attribute of `Sheet`, dotted for the lead organisation; `text` is what was
    read; `why` is empty when understood; `line` counts from 1, None when the field is absent.
    """

    field: str | None
    label: str
    outcome: Outcome
    text: str = ""
    why: str = ""
    line: int | None = None


@dataclass(frozen=True, kw_only=True)
class Note:
    """A remark on the whole file, such as damaged accents or a defused link."""

    text: str
    line: int | None = None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A sheet, one report per field in the order of the sheet then the rest, and remarks."""

    sheet: Sheet
    fields: tuple[FieldReport, ...]
    notes: tuple[Note, ...] = ()

    @property
    def understood(self) -> tuple[FieldReport, ...]:
        return tuple(report for report in self.fields if report.outcome == "understood")

    @property
    def left_out(self) -> tuple[FieldReport, ...]:
        return tuple(report for report in self.fields if report.outcome == "left_out")
