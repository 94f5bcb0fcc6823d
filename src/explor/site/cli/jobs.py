"""Execution of background jobs in this process; failures of the database are survived."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import monotonic
from typing import Any

from asgiref.sync import sync_to_async
from django.db import connection
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException, JobRetry, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from explor.ground.http.outage import is_outage

from .supervisor import FIRST_DELAY, LAST_DELAY, STOPS

INSIST = (0.5, 1, 2, 4, 8, 15, 30)  # seconds between attempts to record the end of a job
OUTAGES = 20  # attempts of a job that fails only because of outages
# seconds: a weekly job that was missed while the worker was stopped still runs
LATE = 8 * 24 * 3600

log = logging.getLogger("explor.worker")


class Retry(BaseRetryStrategy):
    """Retry strategy that retries a job after an outage, else applies the task's own strategy.

    Args:
        usual: the own strategy of the task, if any.
    """

    def __init__(self, usual: BaseRetryStrategy | None) -> None:
        self.usual = usual
        self.max_attempts = getattr(usual, "max_attempts", None)

    def get_retry_exception(self, exception: BaseException, job: Job) -> JobRetry | None:
        if is_outage(exception) and job.attempts < OUTAGES:
            return JobRetry(RetryDecision(retry_in={"seconds": min(2**job.attempts, 60)}))
        return self.usual.get_retry_exception(exception, job) if self.usual else None


class SteadyJobs(JobManager):
    """Writer of job states that retries on database errors, so no ended job stays as running."""

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:
        await self._insist(job, lambda: JobManager.finish_job(self, job, status, delete_job))

    async def retry_job(self, job: Job, *args: Any, **options: Any) -> None:
        """Queue a job again; end it instead if another job with its queueing lock already waits."""
        try:
            await self._insist(job, lambda: JobManager.retry_job(self, job, *args, **options))
        except UniqueViolation:
            log.warning("La tâche %s échoue ; la suivante attend déjà.", job.task_name)
            await self.finish_job(job, Status.ABORTED, False)

    async def _insist(self, job: Job, write: Callable[[], Awaitable[None]]) -> None:
        """Write the state of a job; retry after an error unless the state was written anyway."""
        assert job.id is not None
        for delay in INSIST:
            try:
                return await write()
            except UniqueViolation:
                raise
            except ConnectorException as error:
                log.warning("L’état de la tâche %s ne s’écrit pas : %s", job.task_name, error)
            await asyncio.sleep(delay)
            with suppress(ConnectorException):
                if await self.get_job_status_async(job.id) != Status.DOING:
                    return None
        return await write()


def run(concurrency: int, *, check: Callable[[], None]) -> None:
    """Run jobs until a stop is requested; wait and resume when the database is unreachable.

    Args:
        concurrency: how many jobs run at a time.
        check: called before each start; raises an exception that ends the process.
    """
    asyncio.run(_run(concurrency, check))


async def _run(concurrency: int, check: Callable[[], None]) -> None:
    stop = asyncio.Event()
    for number in STOPS:
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    delay = FIRST_DELAY
    while not stop.is_set():
        started = monotonic()
        error = await _try(concurrency, check, stop)
        if stop.is_set():
            return
        delay = FIRST_DELAY if monotonic() - started > LAST_DELAY else delay
        seconds = f"{delay:.1f}".replace(".", ",")
        log.warning(
            "La base de données ne répond pas (%s) : nouvel essai dans %s s.", error, seconds
        )
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), delay)
        delay = min(delay * 2, LAST_DELAY)


async def _try(concurrency: int, check: Callable[[], None], stop: asyncio.Event) -> str:
    """Run jobs until a stop is requested or an outage occurs; return the reason for the outage."""
    work = asyncio.create_task(_work(concurrency, check))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({work, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    work.cancel()  # the library then waits for the running jobs
    try:
        await work
    except asyncio.CancelledError:
        return ""
    except Exception as error:
        if not (is_outage(error) or isinstance(error, ConnectorException)):
            raise
        return next(iter(str(error.__cause__ or error).splitlines()), type(error).__name__)
    return "sans battement"


async def _work(concurrency: int, check: Callable[[], None]) -> None:
    await sync_to_async(_check_on_new_connection)(check)
    async with _app().open_async() as jobs:
        await jobs.run_worker_async(
            concurrency=concurrency, shutdown_graceful_timeout=10, install_signal_handlers=False
        )


def _check_on_new_connection(check: Callable[[], None]) -> None:
    # The connection of this thread also queues periodic jobs, so it may be the broken one.
    connection.close()
    check()


def _app() -> App:
    """Return the Procrastinate application of the worker, with the tasks of Django's application.

    The tasks stay attached to Django's application, so the jobs that a task queues are saved in the
    transaction of the task.
    """
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    # the default of ten minutes would skip jobs after a night without worker
    late = {"max_delay": LATE}
    worker = App(connector=connector, worker_defaults=app.worker_defaults, periodic_defaults=late)
    worker.job_manager = SteadyJobs(connector)
    worker.tasks, worker.periodic_registry = app.tasks, app.periodic_registry
    for task in app.tasks.values():
        if not isinstance(task.retry_strategy, Retry):
            task.retry_strategy = Retry(task.retry_strategy)
    return worker
