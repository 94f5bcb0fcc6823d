"""Time of the erasure of one person: `python -m benchmarks.erasing`.

The database holds 5,000 people with a profile, 5,000 missions, 40,000 entries of the journal and
20,000 messages; `python -m benchmarks.erasing 1000` makes it smaller. The job of the erasure reads
every table. It is measured three times, each on another person with ten missions, journal entries
and messages. The benchmark fails above the limit that we chose, beyond which a person waits too
long for the end of the job. The figures of the full size are written to
benchmarks/results/erasing.json.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.database import temporary

os.environ["EXPLOR_DEMO"] = "1"
RESULTS = Path(__file__).parents[1] / "results" / "erasing.json"
LIMIT = 60.0  # seconds of the slowest erasure, on a busy machine
ACTS, MESSAGES = 8, 4  # of each person


def main() -> int:
    """Fill a database, erase three people, save the figures; return 1 above the limit."""
    from explor.site.cli import framework

    size = int(sys.argv[1]) if len(sys.argv) > 1 else None
    with framework.any_database(), temporary():
        figures = _measure(size)
    text = json.dumps(figures, ensure_ascii=False, indent=1)
    if size is None:
        RESULTS.write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(text + "\n")
    return int(figures["seconds"] > LIMIT)


def _measure(size: int | None) -> dict[str, Any]:
    from django.db import connection

    from benchmarks.pages.season import SIZE, fill
    from explor.actors.experts.models import Expert
    from explor.journey.missions.models import Mission

    fill(size or SIZE)
    Mission.objects.update(state="closed")
    _acts()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    people = [each.person for each in Expert.objects.select_related("person")[:3]]
    runs = [_erase(person) for person in people]
    return {
        "people": size or SIZE,
        "missions": Mission.objects.count(),
        "entries": (size or SIZE) * ACTS,
        "messages": (size or SIZE) * MESSAGES,
        "queries": max(queries for *_, queries in runs),
        "seconds": round(max(seconds for seconds, *_ in runs), 2),
        "cpu_seconds": round(max(cpu for _, cpu, _ in runs), 2),
        "limit": LIMIT,
    }


def _acts() -> None:
    """Write entries of the journal and messages of each person, without the actions behind."""
    from explor.actors.experts.models import Expert
    from explor.ground.audit.models import Entry
    from explor.ground.mail.models import Message

    for expert in Expert.objects.select_related("person").iterator(chunk_size=1000):
        person = expert.person
        Entry.objects.bulk_create(
            Entry(
                person=person.pk, name=person.name, role="expert", kind="experts.expert",
                subject=expert.pk, rank=rank, verb="describe", previous="0",
                digest=f"{expert.pk}-{rank}",
            )
            for rank in range(1, ACTS + 1)
        )  # fmt: skip
        Message.objects.bulk_create(
            Message(
                to=person.email, person=person.pk, kind="x.y", subject="Bonjour",
                body=f"Bonjour {person.name}, " + 40 * "un texte ", delivery="sent",
                message_id=f"<{person.pk}-{number}@banc>",
            )
            for number in range(MESSAGES)
        )  # fmt: skip


def _erase(person: Any) -> tuple[float, float, int]:
    """Erase a person; return the seconds, those of processor here, and the SQL queries taken."""
    from django.db import connection

    from explor.ground.rights.actions import erase_account
    from explor.ground.rights.rules import actor_of

    queries: list[str] = []

    def counted(execute: Any, sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    began, worked = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(counted):
        erase_account(person, by=actor_of(person))
    return time.perf_counter() - began, time.process_time() - worked, len(queries)


if __name__ == "__main__":
    sys.exit(main())
