"""Jobs of the open data: each hour, and soon after what changes them."""

from procrastinate.contrib.django import app

from . import actions


@app.task(name="open_data.make_all", retry=3)
def make_all() -> None:
    actions.make_all()


@app.task(name="open_data.follow")
def follow(subject: int) -> None:
    """Something published was added, moved or withdrawn."""
    actions.make_soon()


@app.periodic(cron="40 * * * *")
@app.task(name="open_data.make_each_hour")
def make_each_hour(timestamp: int) -> None:
    """Windows close, seats are taken, statuses turn."""
    actions.make_soon()
