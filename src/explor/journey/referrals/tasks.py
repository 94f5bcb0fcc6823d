"""Background job that expires the referrals left without an answer."""

from django.utils import timezone
from procrastinate.contrib.django import app

from explor.ground.http.actor import SYSTEM
from explor.ground.workflow.apart import each_apart

from . import actions
from .models import Referral


@app.periodic(cron="20 5 * * *")
@app.task(name="referrals.expire")
def expire_late(timestamp: int) -> None:
    """Expire, each night, the referrals left without an answer."""

    def expire(late: Referral) -> int:
        actions.expire(late, by=SYSTEM)
        return 1

    late = Referral.objects.late(timezone.localdate()).order_by("pk")
    each_apart(late, expire, name="expire")
