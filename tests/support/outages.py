"""A worker of the jobs on a simulated clock, which runs each retry when its time comes."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import time_machine
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from explor.site.cli.jobs import Retry

DUE = """
    SELECT id, task_name, args, attempts FROM procrastinate_jobs
    WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %s) ORDER BY id
"""
LATER = "UPDATE procrastinate_jobs SET scheduled_at = %s, attempts = attempts + 1 WHERE id = %s"
END = "UPDATE procrastinate_jobs SET status = %s WHERE id = %s"
NEXT = "SELECT min(scheduled_at) FROM procrastinate_jobs WHERE status = 'todo'"


class Clockwork:
    """Runs the due jobs with the worker's retry strategy, and moves the clock to the next jobs.

    `tried` holds the moment of each failed attempt.
    """

    def __init__(self, clock: Any) -> None:
        self.clock = clock
        self.tried: list[datetime] = []

    def run_due(self, now: datetime) -> None:
        for number, name, args, attempts in _rows(DUE, now):
            task = app.tasks[name]
            try:
                task.func(**(json.loads(args) if isinstance(args, str) else args))
            except OSError as error:
                self.tried.append(now)
                job = Job(
                    id=number, lock=None, queueing_lock=None, queue="", task_name=name,
                    attempts=attempts,
                )  # fmt: skip
                again = Retry(task.retry_strategy).get_retry_exception(error, job)
                assert again is not None
                _do(LATER, again.retry_decision.retry_at, number)
            else:
                _do(END, "succeeded", number)

    def run_until(self, end: datetime) -> None:
        """Run the jobs that come due until `end`, as a worker would."""
        while (now := _rows(NEXT)[0][0]) and now < end:
            self.clock.move_to(now)
            self.run_due(now)
        self.clock.move_to(end)


def _rows(sql: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _do(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@contextmanager
def clockwork(start: datetime) -> Iterator[Clockwork]:
    """Stop the clock at `start` in the block, and yield the `Clockwork` that moves it."""
    with time_machine.travel(start, tick=False) as clock:
        yield Clockwork(clock)
