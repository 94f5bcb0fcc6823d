"""Scheduled job that sends the reminders about drafts and supplements."""

from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="12 * * * *")
@app.task(name="admissibility.remind")
def remind(timestamp: int) -> None:
    """Every hour, send the reminders due about drafts and about supplements, each once."""
    actions.remind()
