"""Silence ends a question."""

from django.utils import timezone
from procrastinate.contrib.django import app

from explor.ground.common.actor import SYSTEM
from explor.ground.common.conflict import Refused

from . import actions
from .models import Referral


@app.periodic(cron="20 5 * * *")
@app.task(name="referrals.expire")
def expire_late(timestamp: int) -> None:
    for late in Referral.objects.late(timezone.localdate()).order_by("pk"):
        try:
            actions.expire(late, by=SYSTEM)
        except Refused:
            continue  # answered while this job was reading
