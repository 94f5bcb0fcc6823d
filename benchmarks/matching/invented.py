"""Invented test sets that measure the ranking: needs, job titles, questions, researchers.

A line of `trades.txt` describes a trade, with six fields separated by bars: title, other titles,
description, skills, a need, a question.
"""

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np


def _trades() -> list[list[str]]:
    content = Path(__file__).with_name("trades.txt").read_text(encoding="utf-8")
    return [line.split("|") for line in content.splitlines()]


def skills() -> dict[str, Any]:
    """Return the set where a need must find the skills of its trade, among those of all trades."""
    lists = [trade[3].split(";") for trade in _trades()]
    ends = np.cumsum([0, *map(len, lists)]).tolist()
    return {
        "queries": [trade[4] for trade in _trades()],
        "documents": [skill for several in lists for skill in several],
        "grades": [dict.fromkeys(range(a, b), 1.0) for a, b in pairwise(ends)],
    }


def cards() -> dict[str, Any]:
    """Return the set where another title of a trade must find its main title and description."""
    other_titles = [(t, k) for k, trade in enumerate(_trades()) for t in trade[1].split(";")]
    return {
        "queries": [title for title, _ in other_titles],
        "documents": [f"{trade[0]}\n{trade[2]}" for trade in _trades()],
        "grades": [{k: 1.0} for _, k in other_titles],
    }


def questions() -> dict[str, Any]:
    """Return the set where a question in users' words must find the description of a trade."""
    return {
        "queries": [trade[5] for trade in _trades()],
        "documents": [f"{trade[4]}. {trade[2]}." for trade in _trades()],
        "grades": [{k: 1.0} for k in range(len(_trades()))],
    }


SYLLABLES = "ra to mi ne lo ca ble vi zu mar pro gra ge sta ri que fen dol".split()
GLUE = "the of and in we for is that this with are on by our which from to a an as".split()


def reviewers(seed: int) -> tuple[list[list[str]], list[str], list[dict[int, float]]]:
    """Return researchers with abstracts, papers, and the ratings they give to papers (1 to 5).

    Words come from nested subjects (field, subject, narrow subject); a rating grows with what a
    researcher has published on the subject of the paper. Nobody rates more than ten papers.
    """
    draw = np.random.default_rng(seed)
    bank = ["".join(draw.choice(SYLLABLES, draw.integers(2, 5))) for _ in range(4000)]
    field_of = draw.integers(0, 6, 40)
    subject = [draw.choice(bank, 45) for _ in range(40)]
    field = [draw.choice(bank, 150) for _ in range(6)]

    def abstract(topic: int) -> str:
        sources = (GLUE, bank, field[field_of[topic]], subject[topic])
        kinds = draw.choice(4, 130, p=[0.45, 0.2, 0.23, 0.12])
        return " ".join(str(draw.choice(sources[kind])) for kind in kinds)

    mixes = draw.dirichlet(np.full(40, 0.06), 58)
    people = [
        [abstract(int(draw.choice(40, p=mix))) for _ in range(draw.integers(4, 40))]
        for mix in mixes
    ]
    topics = draw.integers(0, 40, 120)
    rated: list[dict[int, float]] = []
    for topic in topics:
        near = mixes[:, topic] + 0.25 * mixes[:, field_of == field_of[topic]].sum(axis=1)
        who = draw.choice(58, 8, replace=False)
        grades = np.clip(np.round(1 + 4 * near[who] ** 0.5 + draw.normal(0, 0.5, 8)), 1, 5)
        rated.append(dict(zip(who.tolist(), grades.tolist(), strict=True)))
    return people, [abstract(int(topic)) for topic in topics], rated
