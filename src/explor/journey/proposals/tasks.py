"""Background job that ends the proposals whose deadline passed before all answers."""

from django.utils import timezone
from procrastinate.contrib.django import app

from explor.ground.http.actor import SYSTEM
from explor.ground.workflow.apart import each_apart

from . import actions
from .models import Proposal


@app.periodic(cron="7,37 * * * *")
@app.task(name="proposals.lapse")
def lapse_late(timestamp: int) -> None:
    """End, twice an hour, the proposals whose deadline passed before all answers."""

    def lapse(late: Proposal) -> int:
        actions.lapse(late, by=SYSTEM)
        return 1

    each_apart(Proposal.objects.late(timezone.now()), lapse, name="lapse")
