"""Assignment and text ranking at growing sizes, with peers used plainly, in one run.

`python -m benchmarks.matching` prints a table and writes benchmarks/results/matching.json.
Instances are seeded: 200 candidates per need, 1 to 3 seats, experts who take 1 or 2 missions.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array, csr_array

from explor.engines.matching import assign
from explor.engines.matching.texts import TextIndex

RESULTS = Path(__file__).parents[1] / "results" / "matching.json"
SIZES = (250, 500, 1000, 2000, 4000, 8000)
DENSE = 1000  # seats and places copied into a square beyond this size take minutes


def instance(needs: int, experts: int) -> tuple[csr_array, np.ndarray, np.ndarray]:
    draw = np.random.default_rng(needs)
    who = np.concatenate([draw.choice(experts, 200, replace=False) for _ in range(needs)])
    scores = np.round(draw.beta(4, 4, who.size), 4)
    shape = (needs, experts)
    matrix = csr_array((scores, (np.repeat(np.arange(needs), 200), who)), shape=shape)
    return matrix, draw.integers(1, 4, needs), draw.integers(1, 3, experts)


def timed(work: Callable[[], dict[str, object]]) -> dict[str, object]:
    begun, used = time.perf_counter(), time.process_time()
    found = work()
    return {
        **found,
        "seconds": round(time.perf_counter() - begun, 3),
        "cpu": round(time.process_time() - used, 3),
    }


def ours(scores: csr_array, demand: np.ndarray, load: np.ndarray, dated: bool) -> dict[str, object]:
    starts = np.random.default_rng(5).integers(0, 180, demand.size)
    windows = np.stack([starts, starts + 10], axis=1) if dated else None
    found = assign(scores, demand, load, windows=windows, time_limit=300)
    return {"total": found.objective, "unfilled": found.unfilled, "status": found.status}


def greedy(scores: csr_array, demand: np.ndarray, load: np.ndarray) -> dict[str, object]:
    stored = coo_array(scores)
    seats, left, total = demand.copy(), load.copy(), 0.0
    for k in np.argsort(-stored.data, kind="stable"):
        i, j = stored.row[k], stored.col[k]
        if seats[i] and left[j]:
            seats[i] -= 1
            left[j] -= 1
            total += float(stored.data[k])
    return {"total": total, "unfilled": int(seats.sum())}


def copies(scores: csr_array, demand: np.ndarray, load: np.ndarray) -> dict[str, object]:
    """scipy's linear_sum_assignment on copies of seats and places: it books people twice."""
    rows, columns = np.repeat(np.arange(demand.size), demand), np.repeat(np.arange(load.size), load)
    dense = scores.toarray()[rows][:, columns]
    seat, place = linear_sum_assignment(dense, maximize=True)
    kept = dense[seat, place] > 0
    pairs = list(zip(rows[seat[kept]].tolist(), columns[place[kept]].tolist(), strict=True))
    return {
        "total": float(dense[seat, place].sum()),
        "unfilled": int(demand.sum()) - len(pairs),
        "same person twice on one need": len(pairs) - len(set(pairs)),
    }


def texts(profiles: int, needs: int) -> dict[str, object]:
    draw = np.random.default_rng(1)
    parts = "ra to mi ne lo ca ble tion eur ment pro gra ge sta ri que an de".split()
    words = ["".join(draw.choice(parts, draw.integers(2, 6))) for _ in range(30000)]
    share = np.cumsum(1 / np.arange(1, len(words) + 1) ** 0.9)

    def text(count: int) -> str:
        places = np.searchsorted(share, draw.random(count) * share[-1])
        return " ".join(words[k] for k in places)

    told, asked = [[text(95)] for _ in range(profiles)], [text(60) for _ in range(needs)]
    used = time.process_time()
    index = TextIndex(told)
    built = time.process_time() - used
    used = time.process_time()
    index.scores(asked)
    every = time.process_time() - used
    index.scores(asked[:1])
    used = time.process_time()
    for need in asked[:20]:
        index.scores([need])
    one = (time.process_time() - used) / 20
    used = time.process_time()
    index.update(3, [text(95)])
    update = time.process_time() - used
    figures = {"index": built, "all needs": every, "one need": one, "one update": update}
    return {name: round(seconds, 4) for name, seconds in figures.items()}


def main() -> int:
    rows: dict[str, dict[str, object]] = {}
    flows = []
    for size in SIZES:
        case = instance(size, 10 * size)
        rows[f"flow {size}"] = timed(lambda case=case: ours(*case, dated=False))
        flows.append(float(str(rows[f"flow {size}"]["seconds"])))
        rows[f"greedy {size}"] = timed(lambda case=case: greedy(*case))
        if size <= DENSE // 4:
            rows[f"scipy copies {size}"] = timed(lambda case=case: copies(*case))
    for name, experts in (("ample", 20000), ("scarce", 2600)):
        case = instance(2000, experts)
        rows[f"dated 2000 {name}"] = timed(lambda case=case: ours(*case, dated=True))
    growth = float(np.polyfit(np.log(SIZES), np.log(flows), 1)[0])
    result = {"runs": rows, "growth exponent": round(growth, 2), "texts": texts(20000, 2000)}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n")
    for name, row in rows.items():
        print(f"{name:24}", "  ".join(f"{k} {v}" for k, v in row.items()))
    print("growth", result["growth exponent"], "texts", result["texts"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
