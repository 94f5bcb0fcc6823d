"""Jobs of the directory: news of followed searches, imports of sheets."""

from django.utils import timezone
from procrastinate.contrib.django import app

from . import actions
from .models import SheetImport


@app.periodic(cron="35 6 * * *")
@app.task(name="directory.notify_followers")
def notify_followers(timestamp: int) -> None:
    """Send the news of followed searches, and forget the addresses that never confirmed."""
    now = timezone.now()
    actions.notify_followers(now)
    actions.forget_unconfirmed(now)


@app.task(name="directory.read_import", retry=3)
def read_import(batch: int) -> None:
    """A process killed in the middle goes on from the last chunk kept."""
    actions.read_lines(SheetImport.objects.get(pk=batch))


@app.task(name="directory.make_sheets", retry=3)
def make_sheets(batch: int) -> None:
    actions.make_sheets(SheetImport.objects.select_related("network").get(pk=batch))


@app.task(name="directory.erase_drafts", retry=3)
def erase_drafts(batch: int) -> None:
    actions.erase_drafts(SheetImport.objects.get(pk=batch))
