"""Each night, the head of the chain is set down apart."""

from procrastinate.contrib.django import app

from .actions import keep_head


@app.periodic(cron="15 2 * * *")
@app.task(name="audit.keep_head")
def keep_head_tonight(timestamp: int) -> None:
    keep_head()
