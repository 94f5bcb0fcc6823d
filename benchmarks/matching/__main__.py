"""Benchmark of the matching engine and of other solvers: `python -m benchmarks.matching [full]`.

By default it takes minutes, with 250 to 2,000 needs. With `full` it goes up to 8,000 needs and
80,000 people, and computes plans for 2,000 needs and 20,000 people. Each measure has its own
process. The tables are printed and written to benchmarks/results/matching.json and .svg (without
`full`, matching-quick, not committed).
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .one import Line, apart
from .peers import PEERS
from .plot import loglog, slope
from .text_peers import SYSTEMS

RESULTS = Path(__file__).parents[1] / "results"
SIZES = (250, 500, 1000, 2000, 4000, 8000)
QUICK = SIZES[:4]
ROUNDS = ((80, 500), (500, 5000), (2000, 20000), (2000, 2600))
Figures = list[dict[str, Any]]


def say(line: str = "") -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def assignments(sizes: tuple[int, ...], seconds: float) -> Iterator[dict[str, Any]]:
    """Yield the result of each solver on each instance, up to the first size where it fails."""
    head = ("nobody", "filled", "total", "double", "CPU s", "MB")
    for supply in ("ample", "tight"):
        for dated in (False, True):
            say(f"\nassignment, {supply}, {'with' if dated else 'without'} mission dates")
            say(f"{'needs':>6} {'':24}" + "".join(f"{name:>12}" for name in head))
            tired: set[str] = set()
            for needs in sizes:
                for peer in PEERS:
                    if peer in tired:
                        continue
                    case = {"peer": peer, "needs": needs, "supply": supply, "dated": dated}
                    line = apart("one", case, seconds)
                    if "failed" in line:
                        tired.add(peer)
                    say(f"{needs:>6} {peer:24}{_told(line)}")
                    yield {**case, **line}


def _told(line: Line) -> str:
    if "failed" in line:
        return f"   {line['failed']}"
    names = ("nobody", "filled", "total", "double", "cpu", "peak_mb")
    return "".join(f"{line[name]:>12}" for name in names) + f"  {line['status']}"


def texts(profiles: int, needs: int, seconds: float) -> Figures:
    say(f"\ntexts, {needs} needs x {profiles} profiles: CPU seconds, MB, nDCG@10 on invented sets")
    lines = []
    for system in SYSTEMS:
        case = {"system": system, "profiles": profiles, "needs": needs}
        line = apart("text_peers", case, seconds)
        values = line.get("failed") or "  ".join(f"{name} {v}" for name, v in line.items())
        say(f"{system:24}{values}")
        lines.append({**case, **line})
    return lines


def fairness(seeds: int) -> Figures:
    say("\nfairness, 118 needs x 177 people, 3 seats, load 4: total and worst sum of a need")
    lines = []
    for seed in range(seeds):
        case = {"seed": seed, "tied": seed % 2 == 1}
        line = apart("plans", case, 120)
        for name, values in line.items():
            figures = (
                values if name == "failed" else "  ".join(f"{k} {v}" for k, v in values.items())
            )
            say(f"{seed:>3} {'tied' if case['tied'] else '':5}{name:8}{figures}")
        lines.append({**case, **line})
    return lines


def plans(cases: tuple[tuple[int, int], ...], seconds: float) -> Figures:
    say("\nplans, plan() on records, reserves and wanted profiles included")
    lines = []
    for needs, experts in cases:
        case = {"needs": needs, "experts": experts}
        line = apart("plans", case, seconds)
        say(f"{needs:>6} x {experts:<7}" + "  ".join(f"{k} {v}" for k, v in line.items()))
        lines.append({**case, **line})
    return lines


def growth(lines: Figures) -> dict[str, list[tuple[float, float]]]:
    """Return CPU seconds by number of needs: every solver without dates, Explor with dates too."""
    series: dict[str, list[tuple[float, float]]] = {}
    for line in lines:
        if "cpu" in line and (not line["dated"] or line["peer"] == "explor"):
            name = f"{line['peer']}, {line['supply']}" + (", dates" if line["dated"] else "")
            if line["supply"] == "ample" or line["peer"] == "explor":
                series.setdefault(name, []).append((line["needs"], max(line["cpu"], 0.001)))
    return series


def main(argv: list[str]) -> int:
    full = "full" in argv
    seconds = 900.0 if full else 60.0
    lines = list(assignments(SIZES if full else QUICK, seconds))
    series = growth(lines)
    exponents = {name: round(slope(points), 2) for name, points in series.items() if points[2:]}
    say("\ngrowth of CPU seconds, exponent of the number of needs")
    for name, exponent in exponents.items():
        say(f"{name:40}{exponent:6.2f}")
    result = {
        "assignment": lines,
        "growth": exponents,
        "fairness": fairness(6 if full else 2),
        "texts": texts(*((20000, 2000) if full else (5000, 500)), seconds),
        "rounds": plans(ROUNDS if full else ROUNDS[:2], seconds),
    }
    name = "matching" if full else "matching-quick"
    RESULTS.mkdir(exist_ok=True)
    content = json.dumps(result, indent=1, ensure_ascii=False) + "\n"
    (RESULTS / f"{name}.json").write_text(content, encoding="utf-8")
    svg = loglog("Assignment: CPU seconds against needs (200 candidates each)", series)
    (RESULTS / f"{name}.svg").write_text(svg, encoding="utf-8")
    say(f"\n{RESULTS.name}/{name}.json, {name}.svg")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
