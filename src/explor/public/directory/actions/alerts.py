"""Following a search by mail: asked, confirmed, told, stopped and then forgotten."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from .. import emails, queries
from ..models import Alert

ASKED_A_DAY = 5  # letters of confirmation that one address may be sent in a day
WAITS = timedelta(days=7)


@transaction.atomic
def follow(*, email: str, search: str) -> None:
    """Ask the address to confirm; nothing for one that asked already, or too often.

    The answer is the same in every case, so that nobody learns who follows what.
    """
    email, since = email.lower(), timezone.now() - timedelta(days=1)
    alert = Alert.objects.filter(email=email, search=search).first()
    if alert and (alert.confirmed_at or alert.asked_at > since):
        return
    if Alert.objects.filter(email=email, asked_at__gt=since).count() >= ASKED_A_DAY:
        return
    asked, _ = Alert.objects.update_or_create(
        email=email, search=search, defaults={"asked_at": timezone.now()}
    )
    emails.confirm_following(asked)


@transaction.atomic
def confirm_follow(token: str) -> Alert | None:
    """The address is its owner's: the alert speaks from now on. None when it is gone."""
    alert = Alert.objects.select_for_update().filter(token=token).first()
    if alert and not alert.confirmed_at:
        alert.confirmed_at = alert.told_until = timezone.now()
        alert.save()
    return alert


def stop_following(token: str) -> bool:
    """Erase the alert and its address; False when it was already gone."""
    return bool(Alert.objects.filter(token=token).delete()[0])


def tell_followers(now: datetime) -> int:
    """Tell each address the sheets published since it was last told; returns how many letters."""
    told = 0
    for alert in Alert.objects.exclude(confirmed_at=None).order_by("pk").iterator():
        count, news = queries.news_for(alert.search, since=alert.told_until)
        if news:
            with transaction.atomic():
                emails.news(alert, count, news)
                Alert.objects.filter(pk=alert.pk).update(told_until=now)
            told += 1
    return told


def forget_unconfirmed(now: datetime) -> int:
    """Erase the addresses that never confirmed; returns how many."""
    return Alert.objects.filter(confirmed_at=None, asked_at__lt=now - WAITS).delete()[0]
