"""Jobs of membership: files read and made by chunks; personal data that nobody used."""

from django.utils import timezone
from procrastinate.contrib.django import app

from . import actions
from .models import MemberImport


@app.periodic(cron="20 3 * * *")
@app.task(name="membership.forget")
def forget(timestamp: int) -> None:
    """Each night: what was brought in about people and came to nothing goes."""
    actions.forget(timezone.now())


@app.task(name="membership.read_lines", retry=3)
def read_lines(batch: int) -> None:
    """A process killed in the middle goes on from the last chunk kept."""
    actions.read_lines(MemberImport.objects.select_related("network").get(pk=batch))


@app.task(name="membership.make_members", retry=3)
def make_members(batch: int) -> None:
    actions.make_members(MemberImport.objects.select_related("network").get(pk=batch))


@app.task(name="membership.erase_members", retry=3)
def erase_members(batch: int) -> None:
    actions.erase_members(MemberImport.objects.get(pk=batch))
