"""Jobs left as running by a killed worker are queued again, tested on the real tables."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from explor.site.administration.actions import KILLS, remove_old_jobs, take_up_stalled_jobs

pytestmark = pytest.mark.django_db


def worker(*, silent_for: int) -> int:
    """Create a worker whose last heartbeat is some seconds old; return its number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id",
            [timezone.now() - timedelta(seconds=silent_for)],
        )
        return int(cursor.fetchone()[0])


def queue(*, lock: str | None = None) -> int:
    job = app.configure_task("open_data.make_all", lock=lock, queueing_lock=lock)
    return job.defer()


def fetch(of: int) -> int:
    with connection.cursor() as cursor:
        # In the transaction of a test, the present is its beginning: before any retry.
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL")
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", [of])
        return int(cursor.fetchone()[0])


def status(job: int) -> str:
    return ProcrastinateJob.objects.values_list("status", flat=True).get(pk=job)


def test_the_job_of_a_killed_worker_is_queued_again_and_that_of_a_live_one_is_not() -> None:
    killed, alive = worker(silent_for=31), worker(silent_for=20)
    first, second = queue(), queue()
    assert [fetch(killed), fetch(alive)] == [first, second]
    assert take_up_stalled_jobs() == 1
    assert [status(first), status(second)] == ["todo", "doing"]
    assert fetch(alive) == first


def test_the_job_of_a_worker_that_was_removed_is_queued_again() -> None:
    number = worker(silent_for=0)
    job = queue()
    fetch(number)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers WHERE id = %s", [number])
    assert take_up_stalled_jobs() == 1
    assert status(job) == "todo"


def test_a_stalled_job_is_aborted_when_the_next_one_with_the_same_lock_is_queued() -> None:
    """Queueing the first again would break the unique index of the queueing lock."""
    killed = worker(silent_for=60)
    first = queue(lock="datasets")
    fetch(killed)
    second = queue(lock="datasets")
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, NULL)")
        assert cursor.fetchone()[0] is None  # the lock is held for ever
    assert take_up_stalled_jobs() == 1
    assert [status(first), status(second)] == ["aborted", "todo"]
    assert fetch(worker(silent_for=0)) == second


def test_a_job_that_killed_several_workers_is_marked_as_failed() -> None:
    job = queue()
    for _ in range(KILLS):
        fetch(worker(silent_for=60))
        take_up_stalled_jobs()
        assert status(job) == "todo"
    fetch(worker(silent_for=60))
    take_up_stalled_jobs()
    assert status(job) == "failed"


def test_only_jobs_that_succeeded_more_than_a_month_ago_are_deleted() -> None:
    ended = {"old": queue(), "new": queue(), "failed": queue()}
    with connection.cursor() as cursor:
        for name, job in ended.items():
            state = "failed" if name == "failed" else "succeeded"
            cursor.execute("SELECT procrastinate_finish_job_v1(%s, %s, false)", [job, state])
        cursor.execute(
            "UPDATE procrastinate_events SET at = at - interval '31 days' WHERE job_id <> %s",
            [ended["new"]],
        )
    assert remove_old_jobs() == 1
    assert set(ProcrastinateJob.objects.values_list("pk", flat=True)) == {
        ended["new"],
        ended["failed"],
    }
