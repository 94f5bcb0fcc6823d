"""Report of the costs of pages: measures, targets, and ratios to the costs of datasette."""

import sys
from typing import Any

# The targets of a page: CPU milliseconds at 5,000 and at 100,000 sheets, number of SQL queries,
# and ratio to the cost of datasette tuned. None where there is no target.
TARGETS: dict[str, tuple[float | None, float | None, int | None, float | None]] = {
    "list": (6, 8, 4, 0.45),
    "list + facets": (10, 25, 6, 0.5),
    "text + facets": (12, 30, 6, 0.55),
    "wide text + facets": (15, 60, 6, None),
    "sheet": (4, 4, 4, 0.7),
    "sheet, each another": (4, 4, 4, None),
    "sheet, again": (1, 1, None, None),
    "list, again": (1, 1, None, None),
    "API, 50": (9, 9, 4, 0.25),
    "API, 50, far": (9, 9, 4, 0.25),
}
NONE = (None, None, None, None)
SMALL, LARGE = 5_000, 100_000
HEAD = (
    f"{'page':<20}{'CPU ms':>8}{'web':>7}{'base':>7}{'SQL':>5}{'ko':>7}"
    f"{'réglé':>8}{'d’office':>9}{'× réglé':>8}{'× office':>9}  cibles"
)


def say(line: str = "") -> None:
    """Print one line without waiting for the buffer to fill."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def judged(size: int, ours: dict[str, Any], peers: dict[str, Any]) -> list[dict[str, Any]]:
    """Return each page with its ratios to datasette and the targets it reaches or misses."""
    return [
        _judged(
            name, size, line, *(_cpu(peers.get(how), name) for how in ("tuned", "as installed"))
        )
        for name, line in ours["pages"].items()
    ]


def _cpu(peer: dict[str, Any] | None, name: str) -> float | None:
    return peer["pages"].get(name, {}).get("cpu_ms") if peer else None


def _judged(
    name: str, size: int, line: dict[str, Any], tuned: float | None, installed: float | None
) -> dict[str, Any]:
    small, large, queries, ratio = TARGETS.get(name, NONE)
    limit = {SMALL: small, LARGE: large}.get(size)
    share = round(line["cpu_ms"] / tuned, 2) if tuned else None
    wanted = {
        "cpu_ms": (line["cpu_ms"], limit),
        "queries": (line["queries"], queries),
        "ratio": (share, ratio),
    }
    checks = {
        what: {"limit": most, "reached": value <= most}
        for what, (value, most) in wanted.items()
        if most is not None and value is not None
    }
    return {
        "page": name,
        **line,
        "datasette_tuned_ms": tuned,
        "datasette_installed_ms": installed,
        "ratio": share,
        "ratio_installed": round(line["cpu_ms"] / installed, 3) if installed else None,
        "targets": checks,
    }


def show(size: int, ours: dict[str, Any], peers: dict[str, Any], lines: list[Any]) -> None:
    """Print the table of results for one number of sheets."""
    say(f"\n{size} fiches : CPU du serveur et de la base par requête, à chaud, une à la fois")
    say(HEAD)
    for line in lines:
        share = [line["datasette_tuned_ms"], line["datasette_installed_ms"]]
        ratios = [line["ratio"], line["ratio_installed"]]
        result = ", ".join(
            f"{'ok' if each['reached'] else 'MANQUÉ'} {what} <= {each['limit']}"
            for what, each in line["targets"].items()
        )
        say(
            f"{line['page']:<20}{line['cpu_ms']:>8}{line['web_ms']:>7}{line['database_ms']:>7}"
            f"{line['queries']:>5}{line['kb']:>7}{_or_dash(share[0]):>8}{_or_dash(share[1]):>9}"
            f"{_or_dash(ratios[0]):>8}{_or_dash(ratios[1]):>9}  {result}"
        )
    for what in ("first", "after a change"):
        say(f"{what:<20}{ours[what]['cpu_ms']:>8} ms CPU, {ours[what]['wall_ms']} ms")
    memories = {"explor": ours, **{how: p for how, p in peers.items() if how != "missing"}}
    say("mémoire (PSS)       " + ", ".join(f"{k} {p['memory_mb']} Mo" for k, p in memories.items()))
    if "missing" in peers:
        say(peers["missing"])
    else:
        bare = peers["tuned"]["pages"]["API, 50, without facets"]["cpu_ms"]
        say(f"datasette réglé, API sans les facettes déclarées : {bare} ms")


def _or_dash(value: float | None) -> str:
    return "–" if value is None else str(value)


def grown(sizes: dict[int, list[dict[str, Any]]]) -> dict[str, float]:
    """Return and print the ratio of each page's cost with the most sheets to that with the fewest.

    `sizes` maps the number of sheets to the results of `judged`.
    """
    first, last = (
        {line["page"]: line["cpu_ms"] for line in sizes[at]} for at in (min(sizes), max(sizes))
    )
    growth = {page: round(last[page] / cost, 2) for page, cost in first.items() if cost}
    say(
        f"\nde {min(sizes)} à {max(sizes)} fiches : "
        + ", ".join(f"{k} ×{v}" for k, v in growth.items())
    )
    return growth
