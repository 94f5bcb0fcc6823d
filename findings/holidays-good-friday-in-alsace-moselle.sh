#!/bin/sh
# Good Friday in Alsace and Moselle.
#
# Believed: a library of public holidays by French territory gives, for Moselle and Alsace, the days
# on which work may be refused there (Code du travail, art. L3134-13), and takes the code of the
# département, 57, 67 or 68.
# True: it gives Good Friday to every commune of the territory, while the Code keeps it to communes
# with a Protestant church or a shared one; and Alsace has one code of its own, 6AE, with 67 and 68
# refused. A count of working days is one day short for most communes, every year.
#
# Package: holidays 0.109. Seen on 2026-11-29.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/env"
"$dir/env/bin/pip" install --quiet "holidays==0.109"
"$dir/env/bin/python" - <<'PYTHON'
from datetime import date

import holidays

GOOD_FRIDAY = date(2027, 3, 26)
for code in ("57", "6AE"):
    days = holidays.France(subdiv=code, years=2027)
    print(f"{code}: Good Friday 2027 is {days.get(GOOD_FRIDAY)!r}")
    assert GOOD_FRIDAY in days, f"{code} no longer holds Good Friday"
assert GOOD_FRIDAY not in holidays.France(years=2027)

refused = [code for code in ("67", "68") if code not in holidays.France.subdivisions]
print(f"codes of départements that are no territory of the library: {refused}")
assert refused == ["67", "68"], "the départements of Alsace now have codes of their own"
PYTHON
