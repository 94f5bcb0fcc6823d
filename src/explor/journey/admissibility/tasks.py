"""Jobs of admissibility."""

from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="12 * * * *")
@app.task(name="admissibility.remind")
def remind(timestamp: int) -> None:
    """Each hour, remind once of drafts whose call closes soon and of supplements soon due."""
    actions.remind()
