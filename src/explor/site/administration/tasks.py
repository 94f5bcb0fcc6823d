"""Jobs that look after the other jobs."""

from procrastinate.contrib.django import app

from . import actions, emails


@app.periodic(cron="* * * * *")
@app.task(name="administration.take_up_stalled_jobs", queueing_lock="stalled")
def take_up_stalled_jobs(timestamp: int) -> None:
    actions.take_up_stalled_jobs()


@app.periodic(cron="30 7 * * 1")
@app.task(name="administration.send_head", queueing_lock="head")
def send_head(timestamp: int) -> None:
    """Send the head of the journal each Monday, to be kept outside the installation."""
    emails.head_of_journal()


@app.periodic(cron="20 4 * * *")
@app.task(name="administration.remove_old_jobs", queueing_lock="old_jobs")
def remove_old_jobs(timestamp: int) -> None:
    """Delete the jobs that ended well a month ago, which nobody reads again."""
    actions.remove_old_jobs()
