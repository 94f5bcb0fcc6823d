"""The nightly job that saves the head (daily checkpoint) of the journal."""

from procrastinate.contrib.django import app

from .actions import keep_head


@app.periodic(cron="15 2 * * *")
@app.task(name="audit.keep_head")
def keep_head_tonight(timestamp: int) -> None:
    keep_head()
