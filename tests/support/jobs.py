"""Background jobs run on demand, in the transaction of the test."""

import json
from collections.abc import Callable

import pytest
from django.db import connection
from procrastinate.contrib.django import app

FETCH = "SELECT id, task_name, args FROM procrastinate_fetch_job_v2(NULL, NULL)"
GIVE_BACK = "UPDATE procrastinate_jobs SET status = 'todo' WHERE id = %s"
FINISH = "SELECT procrastinate_finish_job_v1(%s, 'succeeded', false)"


@pytest.fixture
def run_jobs(db: None) -> Callable[[], list[str]]:
    """Return a function that runs all jobs due, and the jobs that these add.

    The function returns the names of the jobs. The test fails if a job fails.
    """

    def run() -> list[str]:
        done = []
        while job := next_job():
            run_job(job)
            finish_job(job)
            done.append(job[1])
        return done

    return run


Job = tuple[int, str, dict[str, object]]


def run_job(job: Job) -> None:
    """Run a job in this process, without marking the job as done."""
    _, name, arguments = job
    app.tasks[name].func(**arguments)


def finish_job(job: Job) -> None:
    """Mark a job as done."""
    with connection.cursor() as cursor:
        cursor.execute(FINISH, [job[0]])


def give_back_job(job: Job) -> None:
    """Queue again a job whose worker was killed."""
    with connection.cursor() as cursor:
        cursor.execute(GIVE_BACK, [job[0]])


def next_job() -> Job | None:
    """Return the number, name and arguments of the next due job; None without any."""
    with connection.cursor() as cursor:
        cursor.execute(FETCH)
        number, name, arguments = cursor.fetchone()
    if number is None:
        return None
    # Django does not decode JSON when a query does not use a model.
    return number, name, json.loads(arguments) if isinstance(arguments, str) else arguments
