"""CPU time and memory of ranking 20,000 profiles of 900 characters for each of 2,000 needs.

Usage: `python -m benchmarks.matching.texts [lines of a profile]`. The words are invented, from a
fixed random seed.
"""

import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from explor.engines.matching import Expert, Need, Period, Pool, Settings
from explor.engines.matching.records import today

PROFILES, NEEDS, WORDS, ASKED = 20_000, 2_000, 95, 60
DRAW = np.random.default_rng(1)
PARTS = "ra to mi ne lo ca ble tion eur ment pro gra ge sta ri que an de".split()
BANK = ["".join(DRAW.choice(PARTS, DRAW.integers(2, 6))) for _ in range(30_000)]
SHARE = np.cumsum(1 / np.arange(1, len(BANK) + 1) ** 0.9)


def text(count: int) -> str:
    places = np.searchsorted(SHARE, DRAW.random(count) * SHARE[-1])
    return " ".join(BANK[k] for k in places)


def cost(name: str, times: int, work: Callable[[int], object]) -> None:
    used = time.process_time()
    for k in range(times):
        work(k)
    print(f"{name:28}{(time.process_time() - used) / times:10.4f} s", flush=True)


def main(lines: int) -> int:
    period = Period(start=today(), end=today())
    people = [
        Expert(
            id=str(k),
            text=tuple(text(WORDS // lines) for _ in range(lines)),
            availability=(period,),
        )
        for k in range(PROFILES)
    ]
    needs = [Need(id=str(k), window=period, days=1, text=text(ASKED)) for k in range(NEEDS)]
    pools: list[Pool] = []
    cost("index", 1, lambda k: pools.append(Pool(people, Settings())))
    (pool,) = pools
    cost("all needs, texts only", 1, lambda k: pool.index.scores([need.text for need in needs]))
    pool.judge(needs[0])
    cost("one need (judge)", 20, lambda k: pool.judge(needs[k]))
    cost("one need (rank, top 20)", 20, lambda k: pool.rank(needs[k], 20))
    changed = [replace(people[k], text=text(WORDS)) for k in range(20)]
    cost("one update", 20, lambda k: pool.update(changed[k]))
    cost("one need after updates", 20, lambda k: pool.judge(needs[k]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{'peak memory':28}{peak:10.2f} GiB")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 1))
