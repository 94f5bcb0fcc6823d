"""Partial dates: a year, a month or a day."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from ._text import fold

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
FIRST, LAST = 1900, 2100  # a year out of these bounds is a mistake
_FOLDED = [fold(month) for month in MONTHS]
_SHORT = ["janv", "fevr", "mars", "avr", "mai", "juin", "juil", "aout", "sept", "oct", "nov", "dec"]
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_FRENCH = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})")
_WORDS = re.compile(r"(?:le )?(?:(\d{1,2})(?:er)? )?([a-z]+) (\d{4})")


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

        Raises ValueError, with a French message, when the text is not a date.
        """
        bare = " ".join(text.split())
        try:
            return cls._from_figures(bare) or cls._from_words(bare)
        except ValueError as fault:
            raise ValueError(
                f"date incomprise : « {bare[:60]} » (attendu : « décembre 2022 », "
                f"« 3 mars 2024 », « 12/2022 » ou « 2019 », de {FIRST} à {LAST})"
            ) from fault

    @classmethod
    def _from_figures(cls, text: str) -> "PartialDate | None":
        if match := _ISO.fullmatch(text):
            year, month, day = match.groups()
        elif match := _FRENCH.fullmatch(text):
            day, month, year = match.groups()
        else:
            return None
        return cls(year=int(year), month=_number(month), day=_number(day))

    @classmethod
    def _from_words(cls, text: str) -> "PartialDate":
        match = _WORDS.fullmatch(fold(text))
        if not match:
            raise ValueError("ni chiffres ni mois en lettres")
        day, name, year = match.groups()
        names = _FOLDED if name in _FOLDED else _SHORT
        return cls(year=int(year), month=names.index(name) + 1, day=_number(day))

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


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)
