"""Jobs run on demand, in the transaction of the test."""

import json
from collections.abc import Callable

import pytest
from django.db import connection
from procrastinate.contrib.django import app

FETCH = "SELECT id, task_name, args FROM procrastinate_fetch_job_v2(NULL, NULL)"
FINISH = "SELECT procrastinate_finish_job_v1(%s, 'succeeded', false)"


@pytest.fixture
def run_jobs(db: None) -> Callable[[], list[str]]:
    """Return a function that runs every job due, and those they defer, and returns their names.

    A failing job fails the test.
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
    # Django leaves JSON as text when it is read without a model.
    return number, name, json.loads(arguments) if isinstance(arguments, str) else arguments
