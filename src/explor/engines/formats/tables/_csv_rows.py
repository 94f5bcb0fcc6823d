"""Reading of the rows of a CSV file, whose separator and encoding are guessed."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper
from itertools import islice

from explor.engines.formats.sheets import UnreadableSheet

MAX_SEPARATORS = 20_000  # maximum per line of text, far above what a long cell contains
SAMPLE = 60  # number of lines used to guess the separator
SIGNS = ";,\t|"


def csv_rows(data: bytes) -> Iterator[list[str]]:
    """Yield the rows of a CSV text.

    Raises UnreadableSheet at a line that cannot be read or has too many separators.
    """
    encoding = encoding_of(data)
    declared = re.match(r"\ufeff?sep=(.)\r?\n", next(_lines(data, encoding), ""))
    delimiter = declared[1] if declared else _delimiter(data, encoding)
    lines = _lines(data, encoding, delimiter)
    if declared:
        next(lines)
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            row = next(reader, None)
        except csv.Error as fault:
            raise UnreadableSheet(
                f"Le tableau est illisible à la ligne {reader.line_num} : {fault}."
            ) from fault
        if row is None:
            return
        yield row


def encoding_of(data: bytes) -> str:
    """Return the encoding of a text: UTF-16 if marked, else UTF-8 if valid, else Windows-1252."""
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _delimiter(data: bytes, encoding: str) -> str:
    """Return the separator that splits most of the first rows into the same number of cells."""

    def regular(sign: str) -> tuple[float, int]:
        try:
            rows = list(islice(csv.reader(_lines(data, encoding), delimiter=sign), SAMPLE))
        except csv.Error:
            return (0.0, 0)
        filled = [row for row in rows if any(row)]
        widths = Counter(len(row) for row in filled if len(row) > 1)
        width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
        return count / max(1, len(filled)), width

    return max(SIGNS, key=regular)


def _lines(data: bytes, encoding: str, delimiter: str = "") -> Iterator[str]:
    """Yield the lines of a text; raise UnreadableSheet if one has too many delimiters."""
    for number, line in enumerate(TextIOWrapper(BytesIO(data), encoding, "replace", newline=""), 1):
        if delimiter and line.count(delimiter) > MAX_SEPARATORS:
            raise UnreadableSheet(
                f"La ligne {number} compte plus de {MAX_SEPARATORS} colonnes : "
                "ce tableau n’est pas une liste."
            )
        yield line.replace("\0", "")
