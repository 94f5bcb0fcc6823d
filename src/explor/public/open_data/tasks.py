"""Jobs that write the open data files: each hour, and soon after a change of their content."""

from procrastinate.contrib.django import app

from . import actions


@app.task(name="open_data.make_all", retry=3)
def make_all() -> None:
    """Write every open data file again, replacing those whose content changed."""
    actions.make_all()


@app.task(name="open_data.follow")
def follow(subject: int) -> None:
    """Schedule a writing of the files after a public sheet, need or call has changed.

    `subject` is its primary key, unused.
    """
    actions.make_soon()


@app.periodic(cron="40 * * * *")
@app.task(name="open_data.make_each_hour")
def make_each_hour(timestamp: int) -> None:
    """Schedule a writing of the files each hour: their content also depends on the time."""
    actions.make_soon()
