"""Benchmark of the search in French: `python -m benchmarks.french [--faults] [--seed N]`.

It publishes invented sheets in a database of its own, runs 300 searches on our search and on that
of PostgreSQL alone, and prints recall and precision among the first ten results, by kind; then the
same on the words of each `unseen*.txt`. Recall: of the sheets expected (ten at most), the share
that is shown. Precision: of the sheets shown, the share that is expected; a search
for an absent word expects none. `--faults` prints each search that misses or adds a sheet. The
figures are written to benchmarks/results/french.json.
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from .invented import UNSEEN, WORDS, Search, notions, searches, sheets

FILES = (WORDS, *UNSEEN)
RESULTS = Path(__file__).parents[1] / "results"


def main(words: list[str]) -> None:
    """Run the searches, print and save the figures; remove the database."""
    seed = int(words[words.index("--seed") + 1]) if "--seed" in words else 1
    with tempfile.TemporaryDirectory(prefix="explor-bench-") as name:
        figures = _run(Path(name), seed, "--faults" in words)
    if seed == 1:
        text = json.dumps(figures, ensure_ascii=False, indent=1) + "\n"
        (RESULTS / "french.json").write_text(text, encoding="utf-8")


def _run(folder: Path, seed: int, faults: bool) -> dict[str, Any]:
    from explor.site.config.postgres import Server

    with Server(folder / "postgres", ["fsync=off"]).running() as url:
        # The settings of this process use this variable.
        os.environ.update({"DATABASE_URL": url, "EXPLOR_VAR": str(folder)})
        from explor.site.cli import framework

        framework.load()
        from benchmarks.database import temporary

        with temporary():
            return {path.stem: _figures_of(path, seed, faults) for path in FILES}


def _figures_of(path: Path, seed: int, faults: bool) -> dict[str, Any]:
    """Return the figures of both searches on the words of a file, and print them."""
    from django.db import transaction

    from explor.public.directory.selectors import forget

    from .costs import costs
    from .searching import ours, peer, publish

    known = notions(path)
    made = sheets(known)
    every = searches(known, made, seed)
    with transaction.atomic():
        keys = publish(made)
        forget()
        figures = {
            "sheets": len(made),
            "searches": len(every),
            "explor": measured(every, keys, ours, faults=faults),
            "postgresql": measured(every, keys, peer),
            "milliseconds": costs([search.text for search in every if search.kind == "plain"]),
        }
        transaction.set_rollback(True)
    forget()
    print(path.name)
    show(figures)
    return figures


def measured(
    every: Sequence[Search],
    keys: Sequence[int],
    find: Callable[[str], list[int]],
    *,
    faults: bool = False,
) -> dict[str, dict[str, float | None]]:
    """Return recall and precision among the first ten results, overall and by kind of search."""
    notes: dict[str, list[tuple[float | None, int, int]]] = {}
    for search in every:
        expected = {keys[at] for at in search.expected}
        shown = find(search.text)
        right = len(expected & set(shown))
        recall = right / min(10, len(expected)) if expected else None
        for kind in (search.kind, "all"):
            notes.setdefault(kind, []).append((recall, right, len(shown)))
        if faults and (right < len(shown) or (recall or 0) < (1 if expected else 0)):
            print(
                f"{search.kind:<11}{search.text:<28} {right} / {len(expected)}, {len(shown)} shown"
            )
    return {kind: _figures(each) for kind, each in notes.items()}


def _figures(notes: Sequence[tuple[float | None, int, int]]) -> dict[str, float | None]:
    recalls = [recall for recall, _, _ in notes if recall is not None]
    shown = sum(each for _, _, each in notes)
    return {
        "searches": len(notes),
        "recall": round(sum(recalls) / len(recalls), 3) if recalls else None,
        "precision": round(sum(right for _, right, _ in notes) / shown, 3) if shown else None,
        "shown": shown,
    }


def show(figures: dict[str, Any]) -> None:
    """Print the table of the figures."""
    print(f"{figures['sheets']} fiches, {figures['searches']} recherches")
    print(
        f"{'':<12}{'nombre':>7}{'rappel':>9}{'précision':>11}{'rappel PG':>12}{'précision PG':>14}"
    )
    for kind in sorted(figures["explor"], key=lambda kind: kind == "all"):
        mine, other = figures["explor"][kind], figures["postgresql"][kind]
        cells = (mine["recall"], mine["precision"], other["recall"], other["precision"])
        words = ["–" if each is None else f"{each:.3f}" for each in cells]
        print(
            f"{kind:<12}{mine['searches']:>7}{words[0]:>9}{words[1]:>11}{words[2]:>12}{words[3]:>14}"
        )
    for what, by in figures["milliseconds"].items():
        print(f"{what:<18}" + ", ".join(f"{name} {cost:.3f} ms" for name, cost in by.items()))


if __name__ == "__main__":
    main(sys.argv[1:])
