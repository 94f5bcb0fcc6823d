"""Detection of the row of headings of a table, which may follow a title, a date or a logo."""

import re
from collections.abc import Collection, Sequence

from explor.engines.formats.sheets import fold


def names_of(heading: str) -> tuple[str, ...]:
    """Return the possible folded names of a heading: « Budget (€) » gives two names.

    Text in brackets, a unit and an asterisk are left out of the later names.
    """
    bare = heading.replace("_", " ")
    short = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", bare)
    unit = re.sub(r"\s+(?:en|in|de|/)?\s*(?:€|k€|m€|eur|euros?|keur|usd|xof|xaf|f ?cfa|fcfa|"
                  r"milliers? d['’]euros?)\s*$", "", short.strip(" *:"), flags=re.I)  # fmt: skip
    return tuple(dict.fromkeys(filter(None, (fold(bare), fold(short), fold(unit)))))


def known_in(row: Sequence[str], known: Collection[str]) -> int:
    """Return how many cells of a row have a name in `known`."""
    return sum(any(name in known for name in names_of(cell)) for cell in row if 0 < len(cell) < 80)


def head_at(rows: Sequence[Sequence[str]], known: Collection[str] = ()) -> int:
    """Return the index of the row of headings among the first rows of a table.

    It is the first row with several known headings, else the first row that is not empty. When this
    row has a single cell, such as a title, it is the first row with several cells, if any.
    """
    several = (at for at, row in enumerate(rows) if known_in(row, known) > 1)
    if (at := next(several, None)) is not None:
        return at
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    first = next((at for at, count in enumerate(filled) if count), 0)
    if filled[first : first + 1] == [1]:
        wide = next((at for at, count in enumerate(filled) if count > 1), None)
        alone = known_in(rows[first], known) == 1
        if wide is not None and not alone and min(filled[wide : wide + 2]) > 1:
            return wide
    return first
