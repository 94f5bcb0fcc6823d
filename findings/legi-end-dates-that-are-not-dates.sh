#!/bin/sh
# The end of an article of law in the LEGI data.
#
# Believed: the day on which an article stops being in force is a real day, or blank while none is
# known; an article whose state says « repealed » is no longer in force.
# True: two days of the calendar stand for « no day ». 2999-01-01 says that no end is known.
# 2222-02-22 says that the article will end on a day that nobody has set. And the state
# « ABROGE_DIFF » is that of articles in force today, whose repeal is announced. Whoever compares
# these dates or reads the state alone says that a law in force is repealed, or ends in 2222.
# The package holds four codes only, whatever its name: neither the civil service, nor public
# health, nor tax.
#
# Package: @socialgouv/legi-data 2.513.0 (npm). Seen on 2026-11-29.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm pack --silent "@socialgouv/legi-data@2.513.0" > name
tar xzf "$(cat name)"
python3 - <<'PYTHON'
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

READ_ON = "2026-03-27"  # the day on which the package was published


def day(stamp):
    return datetime.fromtimestamp(stamp / 1000, UTC).date().isoformat() if type(stamp) is int else stamp


def articles(node):
    if node.get("type") == "article":
        yield node["data"]
    for child in node.get("children", ()):
        yield from articles(child)


codes = [json.loads(path.read_text()) for path in sorted(Path("package/data").glob("LEGITEXT*"))]
print("codes:", sorted(code["data"]["title"] for code in codes))
assert len(codes) == 4, "the package holds other codes now"

ends, announced = Counter(), 0
for code in codes:
    for article in articles(code):
        end = day(article.get("dateFin"))
        ends[end] += end in ("2999-01-01", "2222-02-22")
        announced += article.get("etat") == "ABROGE_DIFF" and str(end) > READ_ON
print("end 2999-01-01:", ends["2999-01-01"], "articles; end 2222-02-22:", ends["2222-02-22"])
print("« ABROGE_DIFF » and in force when the package was published:", announced)
assert ends["2999-01-01"] > 20_000 and ends["2222-02-22"] > 0, "the ends are real days now"
assert announced > 0, "the state says the present now"
PYTHON
