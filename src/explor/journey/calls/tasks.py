"""Scheduled job that closes the calls whose closing is past."""

from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="*/5 * * * *")
@app.task(name="calls.close_due")
def close_due(timestamp: int) -> None:
    """Close, every five minutes, the open calls whose closing and grace period are past."""
    actions.close_due()
