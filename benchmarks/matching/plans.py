"""Measures of a plan of missions, and of the fairness of a conference's plan of reviews.

`python -m benchmarks.matching.plans '{"needs": 80, "experts": 500}'` prints one line of JSON: CPU
seconds of each stage, whether the plan is proven the best, faults found by the validator, peak
memory. With `{"seed": 1, "tied": false}` it measures the fairness of the plan of an invented
conference, whose lowest score is raised as far as possible. Each runs in a separate process.
"""

import json
import resource
import sys
import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from explor.engines.matching import assign, faults_of, plan

from .instances import conference
from .seasons import CALL, season


class Stages:
    """A progress callback that keeps the CPU seconds of each stage."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self.name, self.since = "", time.process_time()

    def __call__(self, share: float, text: str) -> None:
        now = time.process_time()
        if self.name:
            self.spent[self.name] = round(self.spent.get(self.name, 0) + now - self.since, 2)
        self.name, self.since = text, now


def plan_of(needs: int, experts: int) -> dict[str, Any]:
    needs_to_fill, people = season(needs, experts)
    stages, begun = Stages(), time.process_time()
    result = plan(needs_to_fill, people, CALL, progress=stages)
    cpu = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "cpu": round(cpu, 2),
        "peak_mb": round(peak),
        "status": result.status,
        "gap": result.gap,
        "seats": sum(need.seats for need in needs_to_fill),
        "filled": len(result.assignments),
        "total": result.objective,
        "reserves": sum(len(r.experts) for r in result.reserves),
        "wanted": len(result.wanted),
        "faults": len(faults_of(result, needs_to_fill, people, CALL)),
        "stages": stages.spent,
    }


def fairness_of(seed: int, tied: bool) -> dict[str, Any]:
    scores = conference(seed, tied)
    lines: dict[str, Any] = {"greedy": _floor(scores, _greedy(scores))}
    for mode in ("none", "pair", "need"):
        begun = time.process_time()
        result = assign(scores, 3, 4, fairness=mode)
        lines[mode] = {
            **_floor(scores, result.pairs),
            "status": result.status,
            "floor_bound": result.floor_bound,
            "cpu": round(time.process_time() - begun, 2),
        }
    return lines


def _floor(scores: np.ndarray, pairs: Sequence[tuple[int, int]]) -> dict[str, Any]:
    rows, columns = np.array(pairs).T
    sums = np.bincount(rows, scores[rows, columns], len(scores))
    return {"total": round(float(sums.sum()), 4), "floor": round(float(sums.min()), 6)}


def _greedy(scores: np.ndarray) -> list[tuple[int, int]]:
    seats, left, taken = [3] * scores.shape[0], [4] * scores.shape[1], []
    for k in np.argsort(-scores, axis=None, kind="stable").tolist():
        i, j = divmod(k, scores.shape[1])
        if seats[i] and left[j]:
            seats[i] -= 1
            left[j] -= 1
            taken.append((i, j))
    return taken


if __name__ == "__main__":
    case = json.loads(sys.argv[1])
    figures = fairness_of(**case) if "seed" in case else plan_of(**case)
    sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")
