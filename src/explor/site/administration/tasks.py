"""Jobs that maintain the installation: stalled and old jobs, weekly head of the journal."""

from procrastinate.contrib.django import app

from . import actions, emails


@app.periodic(cron="* * * * *")
@app.task(name="administration.take_up_stalled_jobs", queueing_lock="stalled")
def take_up_stalled_jobs(timestamp: int) -> None:
    """Queue again, every minute, the jobs left as running by killed workers."""
    actions.take_up_stalled_jobs()


@app.periodic(cron="30 7 * * 1")
@app.task(name="administration.send_head", queueing_lock="head")
def send_head(timestamp: int) -> None:
    """Each Monday, send the head of the journal (its daily checkpoint), to keep elsewhere."""
    emails.head_of_journal()


@app.periodic(cron="20 4 * * *")
@app.task(name="administration.remove_old_jobs", queueing_lock="old_jobs")
def remove_old_jobs(timestamp: int) -> None:
    """Delete the jobs that succeeded a month ago."""
    actions.remove_old_jobs()
