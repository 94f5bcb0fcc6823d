"""Jobs that look after the other jobs."""

from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="* * * * *")
@app.task(name="administration.take_up_stalled_jobs", queueing_lock="stalled")
def take_up_stalled_jobs(timestamp: int) -> None:
    actions.take_up_stalled_jobs()


@app.periodic(cron="20 4 * * *")
@app.task(name="administration.remove_old_jobs", queueing_lock="old_jobs")
def remove_old_jobs(timestamp: int) -> None:
    """Delete the jobs that ended well a month ago, which nobody reads again."""
    actions.remove_old_jobs()
