"""The jobs of the journal: seal lines in blocks, and save the daily checkpoint (head)."""

from contextlib import suppress

import structlog
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from .actions import blocks, heads
from .engine.keys import JournalKeyError

logger = structlog.get_logger(__name__)

SOON = 10  # seconds between two blocks while lines are being added


@app.periodic(cron="* * * * *")
@app.task(name="audit.seal_blocks", queueing_lock="journal")
def seal_blocks(timestamp: int = 0) -> None:
    """Seal the lines of the last minute; if there were any, run again in ten seconds.

    Actions do not queue this job themselves: a shared queueing lock would make each of them wait
    for the commit of another.
    """
    if not _sealed():
        return
    job = app.configure_task(
        "audit.seal_blocks", queueing_lock="journal", schedule_in={"seconds": SOON}
    )
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer()


def _sealed() -> int:
    """Seal all waiting lines; return how many. Without the key, log the fault and return 0."""
    try:
        return blocks.seal_blocks()
    except JournalKeyError as fault:
        logger.error("journal_key_unusable", reason=str(fault))
        return 0


@app.periodic(cron="15 2 * * *")
@app.task(name="audit.keep_head")
def keep_head_tonight(timestamp: int) -> None:
    """Save, each night, the head of the journal (its daily checkpoint)."""
    heads.keep_head()
