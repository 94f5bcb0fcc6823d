"""Where the headings of a table are: people write a title, a date or a logo above them."""

import re
from collections.abc import Collection, Sequence

from explor.engines.formats.sheets import fold


def names_of(heading: str) -> tuple[str, ...]:
    """Return the folded names that a heading may have: « Budget (€) », « Budget ».

    What is in brackets, a unit and an asterisk are left out of the later ones.
    """
    bare = heading.replace("_", " ")
    short = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", bare)
    unit = re.sub(r"\s+(?:en|in|de|/)?\s*(?:€|k€|m€|eur|euros?|keur|usd|xof|xaf|f ?cfa|fcfa|"
                  r"milliers? d['’]euros?)\s*$", "", short.strip(" *:"), flags=re.I)  # fmt: skip
    return tuple(dict.fromkeys(filter(None, (fold(bare), fold(short), fold(unit)))))


def known_in(row: Sequence[str], known: Collection[str]) -> int:
    """Return how many cells of a row are headings that we know."""
    return sum(any(name in known for name in names_of(cell)) for cell in row if 0 < len(cell) < 80)


def head_at(rows: Sequence[Sequence[str]], known: Collection[str] = ()) -> int:
    """Return the position of the headings among the first rows of a table.

    They are the first row with several known headings; else the first row of several cells, below
    lines of a single one.
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
