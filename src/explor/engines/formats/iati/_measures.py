"""Measured results in the text of a sheet: targets and values reached, to write as indicators.

Their lines are those that the reader of IATI files writes (see `_results.py`), under a heading:
« - Puits : au départ 2 (2020) ; 2021-2022, cible 10, réalisé 8 ». Any other line stays a text.
"""

import re
from dataclasses import dataclass
from datetime import date

from explor.engines.formats.sheets import PartialDate

HEADING = "### "
_VALUE = r"-?\d+(?:\.\d+)?"
_BASELINE = re.compile(rf"au départ ({_VALUE}) \((\d{{4}})\)")
_PERIOD = re.compile(rf"(.+?)((?:, (?:cible|réalisé) {_VALUE}(?: \([^();]+\))?)+)")
_MEASURE = re.compile(rf", (cible|réalisé) ({_VALUE})(?: \(([^();]+)\))?")
_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")
_DAYS = re.compile(r"du (.+) au (.+)")
_PERCENT = " (en %)"


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A target, or a value reached if `reached`; `group` is the people counted, or a comment."""

    reached: bool
    value: str
    group: str


@dataclass(frozen=True, kw_only=True)
class Period:
    """The first and the last day of a period, and what was measured in it."""

    start: date
    end: date
    measures: tuple[Measure, ...]


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """An indicator in units, or in per cent; `baseline` is a (value, year) pair."""

    name: str
    percent: bool
    baseline: tuple[str, str] | None
    periods: tuple[Period, ...]


@dataclass(frozen=True, kw_only=True)
class MeasuredResult:
    """A result with its indicators; `text` is the text of its section before them."""

    title: str
    text: str
    indicators: tuple[Indicator, ...]


def sections_of(text: str) -> list[str]:
    """Split a text of results at its headings; text before the first one is a section too."""
    parts = re.split(rf"(?m)^(?={HEADING})", text)
    return [part.strip() for part in parts if part.strip()]


def measured(section: str) -> MeasuredResult | None:
    """Return the measured result that a section states; None when any of its lines is a text."""
    heading, _, body = section.partition("\n")
    start = re.search(r"(?m)^- ", body)
    if not heading.startswith(HEADING) or start is None:
        return None
    lines = body[start.start() :].strip().splitlines()
    indicators = [_indicator(line) for line in lines]
    kept = tuple(each for each in indicators if each)
    if len(kept) < len(lines):
        return None
    text = body[: start.start()].strip()
    return MeasuredResult(title=heading.removeprefix(HEADING), text=text, indicators=kept)


def _indicator(line: str) -> Indicator | None:
    """Return the indicator of a line, whose name may contain « : »; None for a text."""
    if not line.startswith("- "):
        return None
    for match in re.finditer(" : ", line):
        name, statement = line[2 : match.start()], line[match.end() :]
        if periods := _periods(statement):
            baseline = _BASELINE.fullmatch(statement.split(" ; ")[0])
            return Indicator(
                name=name.removesuffix(_PERCENT),
                percent=name.endswith(_PERCENT),
                baseline=(baseline[1], baseline[2]) if baseline else None,
                periods=periods,
            )
    return None


def _periods(statement: str) -> tuple[Period, ...]:
    """Return the periods of a statement after its baseline; none if any part is a text."""
    parts = statement.split(" ; ")
    if _BASELINE.fullmatch(parts[0]):
        parts = parts[1:]
    periods = [_period(part) for part in parts]
    kept = tuple(period for period in periods if period)
    return kept if len(kept) == len(parts) else ()


def _period(text: str) -> Period | None:
    match = _PERIOD.fullmatch(text)
    days = _days(match[1]) if match else None
    if match is None or days is None:
        return None
    measures = tuple(
        Measure(reached=word == "réalisé", value=value, group=group)
        for word, value, group in _MEASURE.findall(match[2])
    )
    return Period(start=days[0], end=days[1], measures=measures)


def _days(text: str) -> tuple[date, date] | None:
    """Return the first and last days of « 2021-2022 » or « du 1er mai 2020 au 31 juillet 2020 »."""
    years, days = _YEARS.fullmatch(text), _DAYS.fullmatch(text)
    if years:
        texts = (years[1], years[2] or years[1])
    elif days:
        texts = (days[1], days[2])
    else:
        return None
    try:
        first, last = map(PartialDate.parse, texts)
    except ValueError:
        return None
    is_exact = bool(years) or (first.day is not None and last.day is not None)
    start, end = first.first_day(), last.last_day()
    return (start, end) if is_exact and start <= end else None
