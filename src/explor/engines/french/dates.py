"""Parsing of French dates: « 1er mars 2024 », « mars-24 », « T1 2024 », « du 2 au 13 mars ».

`read_period` returns the first and the last date of a text, each a year, a month or a day, and says
in French what it had to choose; `read_day` reads a single date. `months_of` reads a duration, which
`end_after` adds to a date. `day_fr`, `month_fr` and `moment_fr` write dates.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import filterfalse
from typing import NamedTuple
from zoneinfo import ZoneInfo

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
    *("septembre", "octobre", "novembre", "décembre"),
)
FIRST, LAST = 1900, 2100  # a year outside these limits is a mistake
LONGEST = 120  # maximum characters of a date with its words
PARIS = ZoneInfo("Europe/Paris")
EXPECTED = (
    f"attendu : « décembre 2022 », « 3 mars 2024 », « 12/2022 » ou « 2019 », de {FIRST} à {LAST}"
)

_ENGLISH = "january february march april may june july august september october november december"
_SHORT = (
    "janv jan,fevr fev feb,mar,avr apr,mai,juin jun,juil jul,aout aug,sept sep,oct,nov,dec"
).split(",")
_WEEKDAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_SEASONS = "printemps|ete|automne|hiver|rentree|noel|vacances"
_ACCENTS = {"debut": "début", "ete": "été", "rentree": "rentrée", "noel": "Noël"}
_ORDINALS = {"premier": 1, "deuxieme": 2, "second": 2, "troisieme": 3, "quatrieme": 4, "dernier": 4}
_NUMBERS = {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7,
            "huit": 8, "neuf": 9, "dix": 10, "douze": 12, "quinze": 15, "dix-huit": 18,
            "vingt-quatre": 24, "trente-six": 36}  # fmt: skip


def _folded(text: str) -> str:
    """Return a text in lower case, without accents, with a single kind of dash and of space."""
    marked = text.replace("’", "'").replace("ᵉʳ", "er").replace("ᵉ", "e")
    spread = unicodedata.normalize("NFD", marked.casefold())
    bare = "".join(filterfalse(unicodedata.combining, spread))
    bare = re.sub(r"[\u2010-\u2015\u2212]", "-", bare)
    return " ".join(bare.split())


_MONTHS = {_folded(name): at for at, name in enumerate(MONTHS, 1)}
_MONTHS |= {name: at for at, name in enumerate(_ENGLISH.split(), 1)}
_MONTHS |= {name: at for at, names in enumerate(_SHORT, 1) for name in names.split()}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"(?P<d>[0-9]{1,2})(?:er|e|ere|st|nd|rd|th)?"
_YEAR = r"(?P<y>[0-9]{4}|'?[0-9]{2})"
_ISO_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[t ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?)\s*"
    r"(z|[+-][0-9]{2}:?[0-9]{2}|utc|gmt)?"
)
_ISO = re.compile(r"([0-9]{4})(?:([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?)?")
_FIGURES = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{4}|[0-9]{2})")
_WORDS = re.compile(
    rf"(?:le )?(?:(?:{_WEEKDAYS}),? )?(?:{_DAY}[ -])?(?P<m>{_MONTH})\.?[ -]?(?:de )?{_YEAR}"
)
_ENGLISH_ORDER = re.compile(rf"(?P<m>{_MONTH})\.? {_DAY},? (?P<y>[0-9]{{4}})")
_PARTS = re.compile(
    r"(?:(?P<n1>[1-4])(?:er|e|eme|nd|d)? ?|(?P<word>premier|second|deuxieme|troisieme|quatrieme"
    r"|dernier) )?(?P<kind>trimestre|semestre|quadrimestre|trim\.?|sem\.?|[tsq])"
    r"[ -]?(?P<n2>[1-4])?[ /-]*(?:de )?(?P<y>[0-9]{4}|[0-9]{2})"
)
_PARTS_AFTER = re.compile(r"(?P<y>[0-9]{4})[ /-]*(?P<kind>[tsq])(?P<n2>[1-4])")
_LOOSE = re.compile(rf"(?P<word>debut|fin|mi|courant|milieu|{_SEASONS})[ -](?:de |d')?(?P<rest>.+)")
_SERIAL = re.compile(r"([2-7][0-9]{4})(?:[.,][0-9]+)?")
_BEFORE = re.compile(
    r"^(?:en |depuis (?:le |l'annee )?|a (?:partir|compter) (?:de |du |d')|des (?:le )?"
    r"|jusqu'(?:en |a |au |a fin )|annee |courant |vers |avant |apres |environ |prevue? (?:en )?"
    r"|[~≈] ?)"
)
_DURATION = re.compile(
    r"(?P<n>[0-9]{1,3}(?:[.,]5)?|" + "|".join(_NUMBERS) + r")\s*"
    r"(?P<unit>mois|m\b|ans?|annees?|semestres?|trimestres?|years?|months?)(?P<half> et demie?)?"
)
_MONTHS_OF = {"m": 1, "a": 12, "y": 12, "s": 6, "t": 3}


class Part(NamedTuple):
    """A partial date: a year, possibly with a month and a day."""

    year: int
    month: int | None = None
    day: int | None = None

    def first(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    def last(self) -> date:
        if self.day:
            return date(self.year, self.month or 12, self.day)
        return _month_after(Part(self.year, self.month or 12), 1).first() - timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Period:
    """The first and last dates in a text (the last is None for a single date), French remarks."""

    start: Part
    end: Part | None = None
    remarks: tuple[str, ...] = ()


def read_period(text: str) -> Period:
    """Return the date, or the two dates, in a French text.

    Raises:
        ValueError: the text is not a date, or its end precedes its start; the message is in French.
    """
    bare = " ".join(text.split())
    remarks: list[str] = []
    try:
        if not bare or len(bare) > LONGEST:
            raise ValueError("longueur")
        start, end = _period(_folded(bare), remarks)
    except ValueError as fault:
        raise ValueError(f"date incomprise : « {bare[:60]} » ({EXPECTED})") from fault
    if end and end.last() < start.first():
        raise ValueError(f"la fin précède le début : « {bare[:60]} »")
    return Period(start=start, end=end, remarks=tuple(remarks))


def read_day(text: str, *, last: bool = False) -> tuple[Part, tuple[str, ...]]:
    """Return the single date of a text and French remarks; raise ValueError for a range of dates.

    A quarter or half-year gives its first month, or its last month if `last`.
    """
    bare = " ".join(text.split())
    remarks: list[str] = []
    try:
        result = _single(_folded(bare), remarks) if 0 < len(bare) <= LONGEST else None
        if result is None:
            raise ValueError("ni chiffres ni mois en lettres")
    except ValueError as fault:
        raise ValueError(f"date incomprise : « {bare[:60]} » ({EXPECTED})") from fault
    return (result[1] if last and result[1] else result[0]), tuple(remarks)


def months_of(text: str) -> int | None:
    """Return the months of a duration: « 18 mois », « 2 ans », « un an et demi », « 12 ».

    None for any other text, and for a duration that is not a whole number of months.
    """
    bare = _folded(text).strip(" .")
    if re.fullmatch(r"[0-9]{1,3}", bare):
        return int(bare) or None
    match = _DURATION.fullmatch(re.sub(r"^(?:pour|pendant|sur|durant|duree :?) ", "", bare))
    return _months(match) if match else None


def end_after(start: Part, months: int) -> Part:
    """Return the end of a period of `months` months from `start`, with the precision of `start`."""
    if start.month is None:
        return Part(start.year + max(0, -(-months // 12) - 1))
    after = _month_after(start, months)
    if start.day is None:
        return _month_after(after, -1)
    last = Part(after.year, after.month).last()
    if start.day <= last.day:
        last = last.replace(day=start.day) - timedelta(days=1)
    return Part(last.year, last.month, last.day)


def _month_after(part: Part, months: int) -> Part:
    year, month = divmod(part.year * 12 + (part.month or 1) - 1 + months, 12)
    return Part(year, month + 1)


def _months(match: re.Match[str]) -> int | None:
    name, unit = match["n"], _MONTHS_OF[match["unit"][0]]
    number = float(_NUMBERS.get(name) or name.replace(",", ".")) + (0.5 if match["half"] else 0)
    months = number * unit
    return int(months) if months == int(months) and months else None


def _period(text: str, remarks: list[str]) -> tuple[Part, Part | None]:
    if single := _single(text, remarks) or _school_year(text):
        return single
    if lasting := _with_duration(text, remarks):
        return lasting
    for first, last in _halves(text):
        noted: list[str] = []
        try:
            end = _single(last, noted)
            if end is None:
                continue
            begun = _completed(first, end[0], noted)
        except ValueError:
            continue
        if begun is None:
            continue
        remarks += noted
        return begun, end[1] or end[0]
    raise ValueError("ni chiffres ni mois en lettres")


def _school_year(text: str) -> tuple[Part, Part] | None:
    """Return the two years of « 2022-23 » or « 2022/23 »; None for any other text."""
    match = re.fullmatch(r"([0-9]{4}) ?[-/] ?([0-9]{2})", text)
    if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
        return None
    return _checked(Part(int(match[1]))), _checked(Part(int(match[1]) + 1))


def _single(text: str, remarks: list[str]) -> tuple[Part, Part | None] | None:
    """Return a single date, or the first and last months of a quarter; None for other texts."""
    text = re.sub(r" (?:a )?[0-9]{1,2} ?h(?: ?[0-9]{2})?$", "", text.strip(" .,;:"))
    for reader in (_exact, _part_of_year, _loose):
        if result := reader(text, remarks):
            _checked(result[0])
            return result
    rest = _BEFORE.sub("", text)
    return _single(rest, remarks) if rest != text else None


def _exact(text: str, remarks: list[str]) -> tuple[Part, None] | None:
    part = _in_figures(text, remarks) or _in_words(text)
    return (part, None) if part else None


def _in_figures(text: str, remarks: list[str]) -> Part | None:
    if match := _ISO_TIME.fullmatch(text):
        return _paris_day(match[1], match[2], match[3], remarks)
    if match := _ISO.fullmatch(text):
        year, _, month, day = match.groups()
        return Part(int(year), _int(month), _int(day)) if int(month or 1) <= 12 else None
    if match := _FIGURES.fullmatch(re.sub(r" [0-9]{2}:[0-9]{2}(:[0-9]{2})?$", "", text)):
        return _day_month(int(match[1]), int(match[3]), _year(match[4]), text, remarks)
    if match := _MONTH_YEAR.fullmatch(text):
        if len(match[3]) == 2 and int(match[3]) <= 12:
            return None  # « 03/04 » may be a day and month without year
        return Part(_year(match[3]), int(match[1]))
    if match := _SERIAL.fullmatch(text):
        day = date(1899, 12, 30) + timedelta(days=int(match[1]))
        remarks.append(f"« {text} », nombre d’un tableur, compris comme {day_fr(day)} : vérifiez")
        return Part(day.year, day.month, day.day)
    return None


def _day_month(first: int, second: int, year: int, text: str, remarks: list[str]) -> Part:
    """Return a date in figures, day first unless that is impossible; add a remark if ambiguous."""
    if second > 12 >= first:
        remarks.append(f"« {text} » compris dans l’ordre américain, mois puis jour : vérifiez")
        return Part(year, first, second)
    short = year >= 2000 and not text.endswith(str(year)) and first > 12
    if "." not in text and first != second and (first <= 12 or short):
        remarks.append(f"« {text} » compris dans l’ordre français, jour puis mois")
    return Part(year, second, first)


def _in_words(text: str) -> Part | None:
    match = _WORDS.fullmatch(text) or _ENGLISH_ORDER.fullmatch(text)
    if match is None:
        return None
    return Part(_year(match["y"].strip("'")), _MONTHS[match["m"]], _int(match["d"]))


def _part_of_year(text: str, remarks: list[str]) -> tuple[Part, Part] | None:
    """Return the first and last months of « T1 2024 », « 2e semestre 2023 », « 2024-T1 »."""
    match = _PARTS.fullmatch(text) or _PARTS_AFTER.fullmatch(text)
    if match is None:
        return None
    given = match.groupdict()
    number = int(given.get("n1") or given["n2"] or 0) or _ORDINALS.get(given.get("word") or "", 0)
    kind = match["kind"]
    months = 6 if kind.startswith("s") else 4 if kind.startswith("quad") else 3
    if kind.startswith("s") and given.get("word") == "dernier":
        number = 2
    if not 1 <= number <= 12 // months:
        raise ValueError("cette partie de l’année n’existe pas")
    start = Part(_year(match["y"]), (number - 1) * months + 1)
    end = Part(start.year, number * months)
    remarks.append(
        f"« {text.upper() if len(text) < 9 else text} » compris comme "
        f"{MONTHS[(start.month or 1) - 1]} à {MONTHS[(end.month or 1) - 1]} {start.year}"
    )
    return start, end


def _loose(text: str, remarks: list[str]) -> tuple[Part, Part | None] | None:
    """Return the date in « fin 2024 » or « printemps 2024 »; add a remark on the dropped word."""
    match = _LOOSE.fullmatch(text)
    result = _exact(match["rest"], remarks) if match else None
    if match and result:
        word = _ACCENTS.get(match["word"], match["word"])
        remarks.append(f"« {word} » non gardé : {_part_named(result[0])} seulement, vérifiez")
    return result


def _with_duration(text: str, remarks: list[str]) -> tuple[Part, Part | None] | None:
    """Return start and end of « mars 2024, 18 mois » or « 18 mois à partir de mars 2024 »."""
    match = _DURATION.search(text)
    if match is None:
        return None
    before, after = text[: match.start()], text[match.end() :]
    rest = re.sub(r"[(),;:+/]", " ", f"{before} {after}")
    rest = re.sub(r"\b(?:pour|pendant|sur|durant|duree|soit|une duree de)\s*$", "", rest.strip())
    rest = re.sub(r"\s+(?:pour|pendant|sur|durant|duree|soit)\b.*$", "", rest).strip(" -")
    begun = _single(" ".join(rest.split()), remarks)
    months = _months(match)
    if begun is None or months is None:
        return None
    end = end_after(begun[0], months)
    remarks.append(f"fin calculée : {match[0]} depuis le début ({_part_named(begun[0])})")
    return begun[0], end


def _halves(text: str) -> list[tuple[str, str]]:
    """Return the ways to split a text into two dates: at « au », « à », « et », « / » or a dash."""
    bare = re.sub(r"^(?:du|de|d'|entre|des)\s*", "", text)
    cuts = re.finditer(
        r" (?:au|a|et|jusqu'au|jusqu'a|jusqu'en|->|→) (?:la )?(?:fin )?|\s*[-/]\s*", bare
    )
    return [(bare[: cut.start()].strip(), bare[cut.end() :].strip()) for cut in cuts]


def _completed(first: str, end: Part, remarks: list[str]) -> Part | None:
    """Return the first date of a range, completed with the month and year of the last one."""
    if single := _single(first, remarks):
        return single[0]
    if match := re.fullmatch(rf"(?:le )?(?:{_WEEKDAYS} )?{_DAY}", first):
        if end.day is None or end.month is None:
            return None
        return _checked(Part(end.year, end.month, int(match["d"])))
    match = re.fullmatch(rf"(?:le )?(?:{_WEEKDAYS} )?(?:{_DAY} )?(?P<m>{_MONTH})\.?", first)
    if match is None:
        return None
    month = _MONTHS[match["m"]]
    year = end.year - 1 if month > (end.month or 12) else end.year
    return _checked(Part(year, month, _int(match["d"])))


def _checked(part: Part) -> Part:
    """Return a date if it exists and is within the limits; otherwise raise ValueError."""
    if not FIRST <= part.year <= LAST:
        raise ValueError(f"année impossible : {part.year}")
    part.first()
    return part


def _paris_day(day: str, hour: str, zone: str | None, remarks: list[str]) -> Part:
    """Return the day in Paris of a date with a time; without time zone, the day as written."""
    result = date.fromisoformat(day)
    if zone is not None:
        offset = "+00:00" if zone in ("z", "utc", "gmt") else zone
        moment = datetime.fromisoformat(f"{day}T{hour.replace(',', '.')}{offset}")
        result = moment.astimezone(PARIS).date()
        if result.isoformat() != day:
            remarks.append(f"« {day} {hour} {zone} » compris comme {day_fr(result)} à Paris")
    return Part(result.year, result.month, result.day)


def _year(text: str) -> int:
    """Return a year; two digits mean a year from 1970 to 2069."""
    year = int(text.strip("'"))
    return year if len(text.strip("'")) == 4 else year + (2000 if year < 70 else 1900)


def _int(text: str | None) -> int | None:
    return None if text is None else int(text)


def day_fr(day: date) -> str:
    """Return a date in French: « 1er mars 2027 »."""
    return f"{'1er' if day.day == 1 else day.day} {month_fr(day)}"


def month_fr(day: date) -> str:
    """Return the month of a date in French: « mars 2027 »."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def moment_fr(moment: datetime) -> str:
    """Return a moment in French: « 1er mars 2027 à 14 h 05 »."""
    return f"{day_fr(moment)} à {moment.hour} h {moment.minute:02d}"


def _part_named(part: Part) -> str:
    if part.day:
        return day_fr(part.first())
    return f"{MONTHS[part.month - 1]} {part.year}" if part.month else str(part.year)
