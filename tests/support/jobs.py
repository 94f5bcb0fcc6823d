"""Background jobs run on demand, in the transaction of the test."""

import json
from collections.abc import Callable

import pytest
from django.db import connection
from procrastinate.contrib.django import app

FETCH = "SELECT id, task_name, args FROM procrastinate_fetch_job_v2(NULL, NULL)"
FINISH = "SELECT procrastinate_finish_job_v1(%s, 'succeeded', false)"


@pytest.fixture
def run_jobs(db: None) -> Callable[[], list[str]]:
    """Return a function that runs all jobs due, and the jobs that these add.

    The function returns the names of the jobs. The test fails if a job fails.
    """

    def run() -> list[str]:
        done = []
        while (job := _next()) is not None:
            number, name, arguments = job
            app.tasks[name].func(**arguments)
            with connection.cursor() as cursor:
                cursor.execute(FINISH, [number])
            done.append(name)
        return done

    return run


def _next() -> tuple[int, str, dict[str, object]] | None:
    with connection.cursor() as cursor:
        cursor.execute(FETCH)
        number, name, arguments = cursor.fetchone()
    if number is None:
        return None
    # Django does not decode JSON when a query does not use a model.
    return number, name, json.loads(arguments) if isinstance(arguments, str) else arguments
