"""One solver on one instance, in a separate process: `python -m benchmarks.matching.one JSON`.

It prints one line of JSON: the figures of the solution, which are computed here, the CPU seconds of
the solver alone, and the peak memory of the whole process.
"""

import json
import resource
import subprocess
import sys
import time
from itertools import pairwise
from typing import Any

from .instances import Instance, instance
from .peers import PEERS, Pairs, TooLarge

Line = dict[str, Any]


def figures_of(case: Instance, pairs: Pairs) -> Line:
    """Return the figures of a solution, given as its (need, expert) pairs.

    `double` counts double bookings: a person who is twice on one need, or on two needs on the same
    day.
    """
    of = dict(
        zip(
            zip(case.need.tolist(), case.expert.tolist(), strict=True),
            case.score.tolist(),
            strict=True,
        )
    )
    sure = set(pairs)
    missions: dict[int, list[tuple[int, int]]] = {}
    for i, j in sure:
        first, last = (2 * i, 2 * i) if case.windows is None else case.windows[i].tolist()
        missions.setdefault(j, []).append((first, last))
    overlaps = sum(
        b[0] <= a[1] for several in missions.values() for a, b in pairwise(sorted(several))
    )
    return {
        "nobody": int(case.demand.size - len({i for i, _ in pairs})),
        "filled": len(pairs),
        "seats": int(case.demand.sum()),
        "total": round(sum(of[pair] for pair in pairs), 4),
        "double": len(pairs) - len(sure) + overlaps,
    }


def run(peer: str, needs: int, supply: str, dated: bool) -> Line:
    case = instance(needs, supply, dated)
    begun = time.process_time()
    try:
        pairs, status = PEERS[peer](case)
    except ModuleNotFoundError as missing:
        return {"failed": f"not installed ({missing.name})"}
    except (TooLarge, RecursionError, MemoryError, ValueError) as failed:
        return {"failed": f"{type(failed).__name__}: {failed}".splitlines()[0][:80]}
    cpu = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = figures_of(case, pairs)
    return {**figures, "status": status, "cpu": round(cpu, 3), "peak_mb": round(peak)}


def apart(module: str, asked: object, seconds: float) -> Line:
    """Run a module in a new process, stopped after `seconds`; return the JSON that it prints."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", f"benchmarks.matching.{module}", json.dumps(asked)],
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"failed": f"no answer in {seconds:.0f} s"}
    if done.returncode:
        return {"failed": (done.stderr.strip().splitlines() or ["ended"])[-1][:80]}
    line: Line = json.loads(done.stdout.splitlines()[-1])
    return line


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(**json.loads(sys.argv[1]))) + "\n")
