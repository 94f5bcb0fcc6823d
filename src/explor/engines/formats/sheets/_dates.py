"""Partial dates: a year, a month or a day."""

import calendar
from dataclasses import dataclass
from datetime import date

from explor.engines.french.dates import FIRST, LAST, MONTHS, Part, read_day


@dataclass(frozen=True, kw_only=True, order=False)
class PartialDate:
    """A year (1900 to 2100), with or without a month and a day.

    Raises ValueError for a date that does not exist.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not FIRST <= self.year <= LAST:
            raise ValueError(f"année impossible : {self.year}")
        if self.day is not None and self.month is None:
            raise ValueError("un jour demande un mois")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Return the date in « décembre 2022 », « 12/2022 », « 2022-12 », « 3 mars 2024 »...

        Raises ValueError, with a French message, when the text is not a single date.
        """
        return cls.from_part(read_day(text)[0])

    @classmethod
    def from_part(cls, part: Part) -> "PartialDate":
        return cls(year=part.year, month=part.month, day=part.day)

    @classmethod
    def from_date(cls, day: date) -> "PartialDate":
        return cls(year=day.year, month=day.month, day=day.day)

    def first_day(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def iso(self) -> str:
        """Return the date as « 2022 », « 2022-12 » or « 2022-12-03 », which `parse` accepts."""
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def __str__(self) -> str:
        if self.month is None:
            return str(self.year)
        month = f"{MONTHS[self.month - 1]} {self.year}"
        if self.day is None:
            return month
        return f"1er {month}" if self.day == 1 else f"{self.day} {month}"
