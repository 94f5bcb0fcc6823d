"""Background job that ends the proposals whose deadline passed before all answers."""

from django.utils import timezone
from procrastinate.contrib.django import app

from explor.ground.http.actor import SYSTEM
from explor.ground.http.exceptions import ActionNotAllowed

from . import actions
from .models import Proposal


@app.periodic(cron="7,37 * * * *")
@app.task(name="proposals.lapse")
def lapse_late(timestamp: int) -> None:
    for late in Proposal.objects.late(timezone.now()):
        try:
            actions.lapse(late, by=SYSTEM)
        except ActionNotAllowed:
            continue  # the last party answered after this job queried the proposals
