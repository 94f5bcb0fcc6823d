"""The nightly job that erases personal data whose term is over."""

from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="20 3 * * *")
@app.task(name="privacy.purge")
def purge(timestamp: int) -> None:
    """Erase, each night, the personal data whose term is over, and send the notices due."""
    actions.purge()
