"""Guard of the cells of spreadsheets: no text that we write is run as a formula.

A spreadsheet runs a text that begins with one of `STARTS` (OWASP, "CSV injection"), whatever
spaces and invisible characters stand before it. In CSV such a text is preceded by an apostrophe.
In XLSX cells are typed: a text is written as a text, and needs no mark.
"""

import re
from datetime import date
from decimal import Decimal

# The four signs, in their ASCII, full-width and small forms, and what a cell is cut at.
STARTS = frozenset("=+-@\t\r\n＝＋－＠﹦﹢﹣﹫")
# Skipped by one spreadsheet or another before it reads the first sign.
SKIPPED = " \xa0\x0b\x0c\u2007\u202f\u3000\u200b\u200c\u200d\u2060\ufeff"
_NUMBER_LIKE = re.compile(r"[+\-＋－﹢﹣]\s*[\d\s(.]")


def inert(value: object) -> str:
    """Return the text of a CSV cell: blank for None, figures and dates as they are.

    NUL characters are removed: what follows them is another cell for some readers.
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
    """Return a cell without the apostrophe that kept a spreadsheet from running it."""
    return text[1:] if text[:1] == "'" and _is_run(text[1:]) else text


def is_formula(text: str) -> bool:
    """Return whether a text is a formula, and neither a number nor a telephone."""
    text = text.strip()
    return _is_run(text) and _NUMBER_LIKE.match(text.lstrip(SKIPPED)) is None


def _guarded(text: str) -> str:
    text = text.replace("\0", "")
    return f"'{text}" if _is_run(text) else text


def _is_run(text: str) -> bool:
    return text.lstrip(SKIPPED)[:1] in STARTS
