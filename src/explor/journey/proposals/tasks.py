"""Jobs of the proposals: those without all their answers at the announced date are released."""

from django.utils import timezone
from procrastinate.contrib.django import app

from explor.ground.common.actor import SYSTEM
from explor.ground.common.conflict import Refused

from . import actions
from .models import Introduction


@app.periodic(cron="7,37 * * * *")
@app.task(name="proposals.lapse")
def lapse_late(timestamp: int) -> None:
    for late in Introduction.objects.late(timezone.now()):
        try:
            actions.lapse(late, by=SYSTEM)
        except Refused:
            continue  # answered by the last party while this job was reading
