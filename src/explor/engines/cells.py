"""Safe spreadsheet cells: no text that this program writes is executed as a formula.

A spreadsheet executes a text that begins with one of `STARTS` (OWASP, "CSV injection"), even after
spaces and invisible characters. In CSV, an apostrophe is written before such a text. In XLSX, cells
have a type, so a text needs no apostrophe.
"""

import re
from datetime import date
from decimal import Decimal

# The four formula signs, in ASCII, full-width and small forms, and the cell separators.
STARTS = frozenset("=+-@\t\r\n＝＋－＠﹦﹢﹣﹫")
# Characters that some spreadsheets skip before they look at the first sign.
SKIPPED = " \xa0\x0b\x0c\u2007\u202f\u3000\u200b\u200c\u200d\u2060\ufeff"
_NUMBER_LIKE = re.compile(r"[+\-＋－﹢﹣]\s*[\d\s(.]")


def inert(value: object) -> str:
    """Return a value as the text of a CSV cell that no spreadsheet executes as a formula.

    A text that could be executed gets an apostrophe before it. Numbers and dates are written as
    they are; None gives an empty text. NUL characters are removed, since some programs start
    another cell after them.
    """
    if isinstance(value, str):
        if value[:1].isalnum() and "\0" not in value:
            return value
        return _guarded(value)
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal | date):
        return str(value)
    return _guarded(str(value))


def bare(text: str) -> str:
    """Return the text of a cell without the apostrophe that `inert` may have added."""
    return text[1:] if text[:1] == "'" and _is_run(text.lstrip("'")) else text


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet could execute a text as a formula.

    A signed number or a telephone number, such as +33 1..., is safe.
    """
    text = text.strip()
    return _is_run(text) and _NUMBER_LIKE.match(text.lstrip(SKIPPED)) is None


def _guarded(text: str) -> str:
    text = text.replace("\0", "")
    # A text that already has an apostrophe gets another, so that `bare` restores it.
    return f"'{text}" if _is_run(text.lstrip("'")) else text


def _is_run(text: str) -> bool:
    return text.lstrip(SKIPPED)[:1] in STARTS
