"""A job that ends is never left as running, and no job fails because of an outage."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import OperationalError, connection, connections, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from procrastinate.periodic import PeriodicDeferrer

from explor.site.cli import jobs
from explor.site.cli.jobs import OUTAGES, Retry, SteadyJobs


def job(number: int = 1, attempts: int = 0) -> Job:
    return Job(
        id=number, queue="default", lock=None, queueing_lock=None, task_name="t", attempts=attempts
    )


def test_a_job_without_retry_strategy_is_retried_only_after_an_outage() -> None:
    strategy = Retry(None)
    assert strategy.get_retry_exception(OperationalError(), job()) is not None
    assert strategy.get_retry_exception(ValueError(), job()) is None
    assert strategy.get_retry_exception(OperationalError(), job(attempts=OUTAGES)) is None


def test_a_job_keeps_its_own_retry_strategy_for_errors_other_than_outages() -> None:
    strategy = Retry(RetryStrategy(max_attempts=3))
    assert strategy.get_retry_exception(ValueError(), job()) is not None
    assert strategy.get_retry_exception(ValueError(), job(attempts=3)) is None
    assert strategy.max_attempts == 3


@pytest.mark.django_db(transaction=True)
def test_a_failed_job_is_aborted_when_the_next_one_with_the_same_lock_is_queued() -> None:
    """Queueing it again would break the unique index of the queueing lock."""
    task = app.configure_task("open_data.make_all", lock="datasets", queueing_lock="datasets")
    first = task.defer()
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_fetch_job_v2(NULL, NULL)")
    second = task.defer()
    async_to_sync(SteadyJobs(app.connector).retry_job)(job(first))
    states = dict(ProcrastinateJob.objects.values_list("pk", "status"))
    assert states == {first: "aborted", second: "todo"}


@pytest.mark.parametrize(("written", "tries"), [(False, 3), (True, 1)])
def test_recording_the_end_of_a_job_is_retried_until_it_succeeds(
    monkeypatch: pytest.MonkeyPatch, written: bool, tries: int
) -> None:
    tried: list[Status] = []

    async def finish(self: Any, job: Job, status: Status, delete: bool) -> None:
        tried.append(status)
        if len(tried) < 3:
            raise ConnectorException

    async def state(self: Any, number: int) -> Status:
        return Status.SUCCEEDED if written else Status.DOING

    monkeypatch.setattr(jobs, "INSIST", (0, 0, 0))
    monkeypatch.setattr(jobs.JobManager, "finish_job", finish)
    monkeypatch.setattr(jobs.JobManager, "get_job_status_async", state)
    asyncio.run(SteadyJobs(app.connector).finish_job(job(), Status.SUCCEEDED, False))
    assert tried == [Status.SUCCEEDED] * tries


@pytest.mark.django_db(transaction=True)
def test_a_job_queued_by_another_job_is_in_the_transaction_of_that_job(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for task in app.tasks.values():
        monkeypatch.setattr(task, "retry_strategy", task.retry_strategy)

    def act() -> None:
        try:
            with transaction.atomic():
                app.configure_task("mail.send").defer(message=1)
                raise ValueError
        except ValueError:
            connections.close_all()

    async def work() -> None:
        async with jobs._app().open_async():
            await sync_to_async(act, thread_sensitive=False)()

    asyncio.run(work())
    assert ProcrastinateJob.objects.count() == 0


def test_periodic_jobs_missed_while_no_worker_ran_are_queued_when_a_worker_starts() -> None:
    worker = jobs._app()
    starting = PeriodicDeferrer(worker.periodic_registry, **worker.periodic_defaults)
    sunday_night = datetime(2026, 12, 6, 23, 59, 30, tzinfo=UTC).timestamp()
    queued = [task.task.name for task, _ in starting.get_previous_tasks(sunday_night)]
    assert sorted(queued) == sorted(name for name, _ in worker.periodic_registry.periodic_tasks)
    assert list(starting.get_previous_tasks(sunday_night)) == []
