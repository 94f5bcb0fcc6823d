"""Jobs of the figures: each hour, and soon after what changes them."""

from procrastinate.contrib.django import app

from . import actions


@app.task(name="indicators.count")
def count() -> None:
    """Count the figures."""
    actions.count()


@app.task(name="indicators.follow")
def follow(subject: int) -> None:
    """Count the figures after something counted was announced, moved or withdrawn."""
    actions.count_soon()


@app.periodic(cron="20 * * * *")
@app.task(name="indicators.count_each_hour")
def count_each_hour(timestamp: int) -> None:
    """Count the figures each hour: windows close, years change, profiles pause."""
    actions.count_soon()
