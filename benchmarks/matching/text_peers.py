"""Ranking by text: Explor, bm25s and rank-bm25, the last two as installed and with our stems.

`python -m benchmarks.matching.text_peers '{"system": ..., "profiles": ..., "needs": ...}'` prints
one line of JSON: CPU seconds to build the index, to rank all needs and to rank one, nDCG@10 on the
invented sets of `quality`, peak memory.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, cast

import numpy as np

from explor.engines.matching.text import TextIndex, fold, stem, words

from .quality import Profile, ndcg, own_tasks
from .seasons import season

Ask = Callable[[Sequence[str]], np.ndarray]


def plain(text: str) -> list[str]:
    """Return words in lower case, split on spaces."""
    return text.lower().split()


def stemmed(text: str) -> list[str]:
    """Return the words by the same stems as Explor, so that only the rankings are compared."""
    return [stem(word, "fr") for word in words(fold(text))]


def _joined(profile: Profile) -> str:
    return profile if isinstance(profile, str) else "\n".join(profile)


def explor(profiles: Sequence[Profile], cut: Callable[[str], list[str]]) -> Ask:
    index = TextIndex([[p] if isinstance(p, str) else p for p in profiles])
    return lambda needs: index.scores(needs)


def bm25s(profiles: Sequence[Profile], cut: Callable[[str], list[str]]) -> Ask:
    import bm25s as peer

    index = peer.BM25()
    index.index([cut(_joined(p)) for p in profiles], show_progress=False)
    return lambda needs: np.stack([index.get_scores(cut(text)) for text in needs])


def rank_bm25(profiles: Sequence[Profile], cut: Callable[[str], list[str]]) -> Ask:
    import rank_bm25 as peer

    index = peer.BM25Okapi([cut(_joined(p)) for p in profiles])
    return lambda needs: np.stack([index.get_scores(cut(text)) for text in needs])


SYSTEMS: dict[str, tuple[Callable[..., Ask], Callable[[str], list[str]]]] = {
    "explor": (explor, plain),
    "bm25s": (bm25s, plain),
    "bm25s, our words": (bm25s, stemmed),
    "rank-bm25": (rank_bm25, plain),
    "rank-bm25, our words": (rank_bm25, stemmed),
}


def run(system: str, profiles: int, needs: int) -> dict[str, Any]:
    build, cut = SYSTEMS[system]
    season_needs, experts = season(needs, profiles)
    profile_lines: list[Profile] = [
        list(cast("tuple[str, ...]", expert.text)) for expert in experts
    ]
    texts = [f"{need.title}\n{need.text}" for need in season_needs]
    try:
        begun = time.process_time()
        ask = build(profile_lines, cut)
    except ModuleNotFoundError as missing:
        return {"failed": f"not installed ({missing.name})"}
    built = time.process_time() - begun
    begun = time.process_time()
    few = texts if not system.startswith("rank") else texts[:50]  # 10 s per hundred
    for at in range(0, len(few), 256):
        ask(few[at : at + 256])
    every = (time.process_time() - begun) * len(texts) / len(few)
    begun = time.process_time()
    for text in texts[:20]:
        ask([text])
    one = (time.process_time() - begun) / len(texts[:20])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    good = {
        task.name: round(ndcg(build(task.documents, cut)(task.queries), task), 3)
        for task in own_tasks()
        if not task.pairs
    }
    return {
        "index": round(built, 2),
        "all needs": round(every, 2),
        "one need": round(one, 4),
        "peak_mb": round(peak),
        "ndcg": good,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(**json.loads(sys.argv[1]))) + "\n")
