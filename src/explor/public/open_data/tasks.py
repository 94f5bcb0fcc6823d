"""Jobs of the open data: each hour, and soon after what changes them."""

from procrastinate.contrib.django import app

from . import actions


@app.task(name="open_data.make_all", retry=3)
def make_all() -> None:
    """Make every file."""
    actions.make_all()


@app.task(name="open_data.follow")
def follow(subject: int) -> None:
    """Make the files after something published was added, moved or withdrawn."""
    actions.make_soon()


@app.periodic(cron="40 * * * *")
@app.task(name="open_data.make_each_hour")
def make_each_hour(timestamp: int) -> None:
    """Make the files each hour: windows close, seats are taken, statuses change with the days."""
    actions.make_soon()
