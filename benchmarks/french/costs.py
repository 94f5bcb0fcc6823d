"""Cost of the SQL functions for French, compared with PostgreSQL without them."""

import time
from collections.abc import Callable, Sequence

from django.db import connection

from .searching import ours, peer

SHEETS, TRIES = 300, 5
# The words of a sheet as the trigger indexes them, and as it did before.
INDEXING = {
    "with french_words": (
        "SELECT count(to_tsvector('explor', french_words(t))) FROM unnest(%s::text[]) AS t"
    ),
    "without": "SELECT count(to_tsvector('explor', t)) FROM unnest(%s::text[]) AS t",
}
SORTING = {
    "with french_key": "SELECT t FROM unnest(%s::text[]) AS t ORDER BY french_key(t)",
    "without": "SELECT t FROM unnest(%s::text[]) AS t ORDER BY t",
}


def costs(texts: Sequence[str]) -> dict[str, dict[str, float]]:
    """Return milliseconds per sheet indexed, per name sorted and per search, with and without.

    The database must already have published sheets. Each figure is the lowest of several tries,
    since the machine may be shared.
    """
    from benchmarks.directory.invented import sheet

    made = [sheet(number) for number in range(SHEETS)]
    contents = ["\n".join(filter(None, (s.title, s.objectives, s.context, s.activities, s.results)))
                for s in made]  # fmt: skip
    titles = [f"{s.title} {n}" for n in range(20) for s in made]
    return {
        "a sheet indexed": {
            name: _least(lambda sql=sql: _run(sql, contents)) / SHEETS  # type: ignore[misc]
            for name, sql in INDEXING.items()
        },
        "a name sorted": {
            name: _least(lambda sql=sql: _run(sql, titles)) / len(titles)  # type: ignore[misc]
            for name, sql in SORTING.items()
        },
        "a search": {
            name: _least(lambda find=find: [find(text) for text in texts]) / len(texts)  # type: ignore[misc]
            for name, find in (("explor", ours), ("postgresql", peer))
        },
    }


def _run(sql: str, texts: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(texts)])


def _least(act: Callable[[], object]) -> float:
    """Return the milliseconds of the shortest of several tries."""
    times = []
    for _ in range(TRIES):
        started = time.perf_counter()
        act()
        times.append(time.perf_counter() - started)
    return round(min(times) * 1000, 4)
