"""Background job that expires the referrals left without an answer."""

from django.utils import timezone
from procrastinate.contrib.django import app

from explor.ground.http.actor import SYSTEM
from explor.ground.http.exceptions import ActionNotAllowed

from . import actions
from .models import Referral


@app.periodic(cron="20 5 * * *")
@app.task(name="referrals.expire")
def expire_late(timestamp: int) -> None:
    for late in Referral.objects.late(timezone.localdate()).order_by("pk"):
        try:
            actions.expire(late, by=SYSTEM)
        except ActionNotAllowed:
            continue  # answered since the query of this job
