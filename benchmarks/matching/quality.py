"""Quality of the ranking, compared with a plain BM25 in the same run.

Usage: `python -m benchmarks.matching.quality [--data FOLDER] [--embeddings none|fast|best]`. The
test sets are invented, from a fixed random seed. FOLDER may also hold the French classification of
jobs, ROME (`rome3-codes*.csv`, `rome3-appellations*.csv`), and a list of volunteering skills
(`*competences.csv`, with columns group;skill). The figures are nDCG@10 (higher is better) and, for
reviewers, the weighted share of pairs of experts put in the wrong order (lower is better). They can
be compared with each other, not with published tables.
"""

import argparse
import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

from explor.engines.matching import score_texts
from explor.engines.matching.text import fold

from . import invented

Profile = str | list[str]
Scorer = Callable[[Sequence[str], Sequence[Profile]], np.ndarray]


@dataclass(frozen=True, kw_only=True)
class Task:
    """Queries and documents; `grades[i]` gives the relevance of documents for query i."""

    name: str
    queries: list[str]
    documents: list[Profile]
    grades: list[dict[int, float]]
    pairs: bool = False


def ndcg(scores: np.ndarray, task: Task) -> float:
    """Return the mean nDCG@10; documents with the same score stay in their order."""
    total = 0.0
    for row, grades in zip(scores, task.grades, strict=True):
        order = np.argsort(-row, kind="stable")[:10].tolist()
        ideal = sorted(grades.values(), reverse=True)[:10]
        gain = sum(grades.get(d, 0) / np.log2(2 + k) for k, d in enumerate(order))
        total += gain / sum(g / np.log2(2 + k) for k, g in enumerate(ideal))
    return total / len(task.grades)


def loss(scores: np.ndarray, task: Task) -> float:
    """Return the share of document pairs in the wrong order, weighted by difference of grades."""
    wrong = total = 0.0
    for row, grades in zip(scores, task.grades, strict=True):
        for a, b in combinations(sorted(grades), 2):
            gap = grades[a] - grades[b]
            order = np.sign(row[a] - row[b])
            total += abs(gap)
            wrong += abs(gap) * (0.5 if order == 0 else float(order != np.sign(gap)))
    return wrong / total


def bm25(queries: Sequence[str], documents: Sequence[Profile]) -> np.ndarray:
    """Score by plain BM25 on full profiles: split on spaces, without accents, k1 1.2, b 0.75."""
    folded = [fold(d if isinstance(d, str) else "\n".join(d)).split() for d in documents]
    counts = [Counter(words) for words in folded]
    documents_with = Counter(word for words in counts for word in words)
    length = np.array([len(words) for words in folded])
    damp = 1.2 * (0.25 + 0.75 * length / max(1.0, length.mean()))
    scores = np.zeros((len(queries), len(documents)))
    for row, query in zip(scores, queries, strict=True):
        for word in fold(query).split():
            rarity = np.log(
                1 + (len(folded) - documents_with[word] + 0.5) / (documents_with[word] + 0.5)
            )
            tf = np.array([count[word] for count in counts])
            row += rarity * tf * 2.2 / (tf + damp)
    return scores


def own_tasks() -> list[Task]:
    """Return the test sets of the module `invented`."""
    cards, skills = invented.cards(), invented.skills()
    people, papers, rated = invented.reviewers(seed=4)
    return [
        Task(name="need to skills", **skills),
        Task(name="title to card", **cards),
        Task(name="questions", **invented.questions()),
        Task(name="reviewers", queries=papers, documents=people, grades=rated, pairs=True),
    ]


def rome(folder: Path) -> list[Task]:
    """Return two sets where a job title must find its ROME card.

    In the first a card is its label; in the second it also holds the titles used in no query.
    """
    labels = {r["code_rome"]: r["libelle_rome"] for r in _rows(folder, "rome3-codes*.csv")}
    place = {code: k for k, code in enumerate(labels)}
    titles: defaultdict[str, list[str]] = defaultdict(list)
    for row in _rows(folder, "rome3-appellations*.csv"):
        if row["code_rome"] in place:
            titles[row["code_rome"]].append(row["libelle_appellation_court"])
    titles_asked = [(code, names[0]) for code, names in titles.items()]
    grades = [{place[code]: 1.0} for code, _ in titles_asked]
    queries = [name for _, name in titles_asked]
    cards = [[label, *titles[code][1:7]] for code, label in labels.items()]
    return [
        Task(name="ROME labels", queries=queries, documents=list(labels.values()), grades=grades),
        Task(
            name="ROME cards",
            queries=queries,
            documents=["\n".join(card) for card in cards],
            grades=grades,
        ),
        Task(name="ROME cards, by line", queries=queries, documents=[*cards], grades=grades),
    ]


def volunteering(folder: Path) -> list[Task]:
    """Return the set where the name of a family of skills must find its skills."""
    (path,) = folder.glob("jeveuxaider-competences.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter=";") if len(row) == 2]
    families: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for k, (family, _) in enumerate(rows):
        families[family][k] = 1.0
    documents: list[Profile] = [skill for _, skill in rows]
    grades = list(families.values())
    return [
        Task(name="family to skills", queries=list(families), documents=documents, grades=grades)
    ]


def _rows(folder: Path, pattern: str) -> list[dict[str, str]]:
    (path,) = folder.glob(pattern)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--embeddings", default="none", choices=("none", "fast", "best"))
    options = parser.parse_args(argv)
    tasks = own_tasks()
    if options.data is not None:
        tasks += [*rome(options.data), *volunteering(options.data)]
    print(f"{'':22}{'BM25':>8}{'Explor':>8}{'CAPITALS':>10}")
    for task in tasks:
        measure = loss if task.pairs else ndcg
        loud = [query.upper() for query in task.queries]
        ours = score_texts(task.queries, task.documents, options.embeddings)
        figures = [measure(bm25(task.queries, task.documents), task), measure(ours, task)]
        shouted = measure(score_texts(loud, task.documents, options.embeddings), task)
        mark = "  (loss)" if task.pairs else ""
        print(f"{task.name:22}{figures[0]:8.3f}{figures[1]:8.3f}{shouted:10.3f}{mark}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
