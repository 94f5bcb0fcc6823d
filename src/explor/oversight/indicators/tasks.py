"""Jobs that compute the public figures, each hour and soon after a change of the counted rows."""

from procrastinate.contrib.django import app

from . import actions


@app.task(name="indicators.count")
def count() -> None:
    """Compute all the public figures and replace those stored."""
    actions.count()


@app.task(name="indicators.follow")
def follow(subject: int) -> None:
    """Schedule a new computation of the figures after a change of a counted row.

    `subject` is the primary key of the mission, need, proposal, decision or sheet; unused.
    """
    actions.count_soon()


@app.periodic(cron="20 * * * *")
@app.task(name="indicators.count_each_hour")
def count_each_hour(timestamp: int) -> None:
    """Schedule a count each hour: figures also depend on dates and on the state of profiles."""
    actions.count_soon()
