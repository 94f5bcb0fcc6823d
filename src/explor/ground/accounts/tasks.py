"""The nightly job that deletes old counts of password attempts, and sessions that ended."""

from procrastinate.contrib.django import app

from .actions import forget_old_sessions, forget_old_tries


@app.periodic(cron="40 2 * * *")
@app.task(name="accounts.forget_old_tries")
def forget(timestamp: int) -> None:
    forget_old_tries()
    forget_old_sessions()
