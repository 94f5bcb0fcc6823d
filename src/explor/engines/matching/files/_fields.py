"""The columns of the tables of needs and of experts, and the functions that read their cells.

Every reader is a function that converts a cell (a string, a number, a date, a list from JSON, None)
to a value, or raises ValueError with a French message on the expected value.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from explor.engines.matching.records import LEVELS, Language, Period, Scheme
from explor.engines.matching.text import fold

Cell = Any  # a cell of JSON, CSV or a spreadsheet
SEPARATORS = ";\n"
DATE = "une date (2027-03-31 ou 31/03/2027)"
VERDICTS = {
    "open": "open",
    "ouvert": "open",
    "closed": "closed",
    "ferme": "closed",
    "to_check": "to_check",
    "to check": "to_check",
    "a verifier": "to_check",
}
PURPOSES = {
    "prepare": "prepare",
    "preparer": "prepare",
    "carry_out": "carry_out",
    "realiser": "carry_out",
    "evaluate": "evaluate",
    "evaluer": "evaluate",
}


def text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, str | int | float):
        return str(cell).strip()
    raise ValueError("un texte")


def units(cell: Cell) -> str | tuple[str, ...]:
    """Read a profile: a text, or a list of texts (returned as a tuple).

    Raises ValueError, with what is expected in French, for an item that is no text.
    """
    if isinstance(cell, list):
        return tuple(text(item) for item in cell)
    return text(cell)


def key(cell: Cell) -> str:
    name = text(cell)
    if not name:
        raise ValueError("un identifiant")
    return name


def names(cell: Cell) -> tuple[str, ...]:
    """Read several names: a list, or a text where they are separated by semicolons or lines.

    Raises ValueError, with what is expected in French, for an item that is no text.
    """
    if isinstance(cell, list):
        return tuple(text(item) for item in cell)
    return tuple(part.strip() for part in _split(text(cell)))


def _split(content: str) -> list[str]:
    for separator in SEPARATORS[1:]:
        content = content.replace(separator, SEPARATORS[0])
    return [part.strip() for part in content.split(SEPARATORS[0]) if part.strip()]


def country(cell: Cell) -> str:
    code = text(cell).upper()
    if code and not (len(code) == 2 and code.isalpha()):
        raise ValueError("un code de pays en deux lettres (MG)")
    return code


def countries(cell: Cell) -> tuple[str, ...]:
    return tuple(country(name) for name in names(cell))


def languages(cell: Cell) -> tuple[Language, ...]:
    """Read languages and levels, such as "pt B1; en C1" or a list of {"code", "level"}.

    Raises ValueError, with what is expected in French, for any other cell.
    """
    expected = "des langues comme « pt B1; en C1 »"
    items = cell if isinstance(cell, list) else _split(text(cell))
    spoken = []
    for item in items:
        pieces = (
            [text(item.get("code")), text(item.get("level"))]
            if isinstance(item, Mapping)
            else text(item).replace(":", " ").split()
        )
        if len(pieces) != 2 or pieces[1].upper() not in LEVELS or not pieces[0]:
            raise ValueError(expected)
        spoken.append(Language(code=pieces[0].lower(), level=pieces[1].upper()))
    return tuple(spoken)


def day(cell: Cell) -> date:
    """Read a day from 1900 to 2100; raise ValueError, with what is expected, for another cell."""
    read = _day(cell)
    if read is None or not 1900 <= read.year <= 2100:
        raise ValueError(DATE)
    return read


def _day(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    written = text(cell)
    for shape in ("%Y-%m-%d", "%d/%m/%Y", "%Y-%m-%dT%H:%M:%S"):
        try:
            return datetime.strptime(written, shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def day_or_none(cell: Cell) -> date | None:
    return None if cell is None or text_or_day(cell) == "" else day(cell)


def text_or_day(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else text(cell)


def period(cell: Cell) -> Period:
    """Read a period, such as {"start", "end"} or "2027-03-01 au 2027-05-31".

    Raises ValueError, with what is expected in French, for any other cell or an end before the
    start.
    """
    if isinstance(cell, Mapping):
        start, end = day(cell.get("start")), day(cell.get("end"))
    else:
        content = fold(text(cell)).replace("du ", "").replace(" au ", "|").replace("..", "|")
        pieces = [piece.strip().upper() for piece in content.split("|")]
        if len(pieces) != 2:
            raise ValueError("une période comme « 2027-03-01 au 2027-05-31 »")
        start, end = day(pieces[0]), day(pieces[1])
    if end < start:
        raise ValueError("une fin qui ne précède pas le début")
    return Period(start=start, end=end)


def periods(cell: Cell) -> tuple[Period, ...]:
    items = cell if isinstance(cell, list) else _split(text(cell))
    return tuple(period(item) for item in items)


def integer_from(least: int) -> Callable[[Cell], int]:
    """Return a function that reads an integer not smaller than `least` in a cell.

    This function raises ValueError, with what is expected in French, for any other cell.
    """

    def read(cell: Cell) -> int:
        digits = text(cell)
        if not re.fullmatch(r"-?\d{1,9}", digits, re.ASCII) or int(digits) < least:
            raise ValueError(f"un nombre entier, {least} ou plus")
        return int(digits)

    return read


def positive(cell: Cell) -> float:
    try:
        number = float(text(cell).replace(",", "."))
    except ValueError:
        number = -1.0
    if not math.isfinite(number) or number <= 0:
        raise ValueError("un nombre plus grand que zéro")
    return number


def purpose(cell: Cell) -> str:
    word = fold(text(cell))
    if word and word not in PURPOSES:
        raise ValueError("préparer, réaliser ou évaluer (prepare, carry_out, evaluate)")
    return PURPOSES.get(word, "")


def schemes(cell: Cell) -> tuple[Scheme, ...]:
    """Read verdicts on leave schemes: code, verdict and, if known, last day to file the request.

    The cell is a text such as "csi ouvert 2027-02-01; rtt fermé", or a list of {"code", "verdict",
    "file_by"}. Raises ValueError, with what is expected in French, for any other cell.
    """
    items = cell if isinstance(cell, list) else _split(text(cell))
    return tuple(_scheme(item) for item in items)


def _scheme(item: Cell) -> Scheme:
    expected = "des cadres comme « csi ouvert 2027-02-01 » (ouvert, fermé, à vérifier)"
    if isinstance(item, Mapping):
        code, verdict = text(item.get("code")), fold(text(item.get("verdict")))
        file_by = day_or_none(item.get("file_by"))
    else:
        pieces = text(item).split()
        last = pieces[-1] if pieces else ""
        dated = any(c.isdigit() for c in last) and len(pieces) > 2
        file_by = day(last) if dated else None
        code, verdict = (
            pieces[0] if pieces else "",
            fold(" ".join(pieces[1 : -1 if dated else None])),
        )
    if not code or verdict not in VERDICTS:
        raise ValueError(expected)
    return Scheme(code=code, verdict=VERDICTS[verdict], file_by=file_by)  # type: ignore[arg-type]


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of the table of needs or of experts.

    Attributes:
        name: its name in JSON and CSV files.
        french: its heading in workbooks.
        read: the function that reads a cell.
        example: the value shown in the example row of the template.
        needed: whether an empty cell is a problem.
        attribute: the attribute of the record with this value; by default `name`.
    """

    name: str
    french: str
    read: Callable[[Cell], Any]
    example: str
    needed: bool = False
    attribute: str = ""


NEED = (
    Column(name="id", french="Identifiant", read=key, example="besoin-1", needed=True),
    Column(name="title", french="Titre", read=text, example="Entretien de pompes solaires"),
    Column(name="text", french="Description", read=text, example="Former deux techniciens."),
    Column(name="purpose", french="But", read=purpose, example="réaliser"),
    Column(name="sectors", french="Secteurs", read=names, example="14030"),
    Column(name="skills", french="Compétences", read=names, example="hydraulique; maintenance"),
    Column(name="languages", french="Langues", read=languages, example="pt B1"),
    Column(name="team_languages", french="Langues de l'équipe", read=languages, example=""),
    Column(name="country", french="Pays", read=country, example="MG"),
    Column(
        name="window",
        french="Période",
        read=period,
        example="2027-03-01 au 2027-05-31",
        needed=True,
    ),
    Column(name="days", french="Jours", read=integer_from(1), example="10", needed=True),
    Column(name="seats", french="Places", read=integer_from(1), example="1"),
    Column(name="network", french="Réseau", read=text, example="resacoop"),
    Column(name="association", french="Association", read=text, example="Eaux vives (exemple)"),
    Column(name="priority", french="Priorité", read=positive, example="1"),
)
EXPERT = (
    Column(name="id", french="Identifiant", read=key, example="personne-1", needed=True),
    Column(name="text", french="Profil", read=units, example="Dix ans de forages ruraux"),
    Column(name="sectors", french="Secteurs", read=names, example="14030"),
    Column(name="skills", french="Compétences", read=names, example="hydraulique"),
    Column(name="languages", french="Langues", read=languages, example="pt B2; fr C2"),
    Column(name="countries", french="Pays connus", read=countries, example="MG; SN"),
    Column(
        name="availability",
        french="Disponibilités",
        read=periods,
        example="2027-03-10 au 2027-04-05; 2027-06-01 au 2027-06-30",
    ),
    Column(name="load", french="Missions possibles", read=integer_from(0), example="1"),
    Column(name="network", french="Réseau", read=text, example="resacoop"),
    Column(name="shared_with", french="Accord pour les réseaux", read=names, example="centraider"),
    Column(name="employer", french="Employeur", read=text, example="Commune (exemple)"),
    Column(name="conflicts", french="Conflits d'intérêts", read=names, example=""),
    Column(name="missions_done", french="Missions faites", read=integer_from(0), example="0"),
    Column(name="last_mission", french="Dernière mission", read=day_or_none, example=""),
    Column(
        name="frames",
        attribute="schemes",
        french="Cadres de départ",
        read=schemes,
        example="csi ouvert 2027-02-01",
    ),
)
PAIR = (
    Column(name="need", french="Besoin", read=key, example="besoin-1", needed=True),
    Column(name="expert", french="Personne", read=key, example="personne-1", needed=True),
)
