"""The nightly job that prepares the yearly disposal list of each public body."""

from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="50 3 * * *")
@app.task(name="archives.prepare_yearly", queueing_lock="archives.prepare_yearly")
def prepare_yearly(timestamp: int) -> None:
    """Prepare, each night, the disposal lists of public bodies that have had none for a year."""
    actions.prepare_yearly()
