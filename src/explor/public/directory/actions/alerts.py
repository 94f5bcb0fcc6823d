"""Actions on searches followed by email: request, confirm, notify, stop, erase."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from explor.ground.accounts.models import Person
from explor.ground.http.actor import Actor
from explor.ground.mail.actions import erase_messages
from explor.ground.workflow.apart import each_apart

from .. import emails, pages, selectors
from ..models import Alert

MOST_A_DAY = 5  # requests for confirmation sent to one address
NAMED = 10  # sheets in one email


@transaction.atomic
def follow(*, email: str, search: str) -> None:
    """Send an email that asks the address to confirm that it follows a search.

    Nothing is sent when the address already follows the search, received this email in the last
    24 hours, or made `MOST_A_DAY` requests in that time. For privacy, nothing is returned, so that
    nobody learns who follows what.
    """
    email, since = email.lower(), timezone.now() - timedelta(days=1)
    alert = Alert.objects.filter(email=email, search=search).first()
    if alert and (alert.confirmed_at or alert.requested_at > since):
        return
    if Alert.objects.filter(email=email, requested_at__gt=since).count() >= MOST_A_DAY:
        return
    requested, _ = Alert.objects.update_or_create(
        email=email, search=search, defaults={"requested_at": timezone.now()}
    )
    emails.confirm_following(requested)


@transaction.atomic
def confirm_follow(token: str) -> Alert | None:
    """Confirm an alert from its personal link; return None when the alert no longer exists."""
    alert = Alert.objects.select_for_update().filter(token=token).first()
    if alert and not alert.confirmed_at:
        alert.confirmed_at = alert.notified_until = timezone.now()
        alert.save()
    return alert


@transaction.atomic
def stop_following(token: str) -> bool:
    """Erase an alert and its address; return False when it no longer existed."""
    alert = Alert.objects.select_for_update().filter(token=token).first()
    if alert:
        erase_alert(alert)
    return alert is not None


def erase_alert(alert: Alert, now: datetime | None = None) -> None:
    """Delete an alert and the messages to its address about it, even those not sent yet.

    `now` is the time of the purge, unused.
    """
    erase_messages(alert)
    alert.delete()


def notify_followers(now: datetime) -> int:
    """Email each confirmed follower the sheets published since their last email.

    A follower without new sheets gets no email. Each alert has its own transaction: an error does
    not stop the next ones (see `each_apart`).

    Returns:
        The number of emails.
    """

    def notify(alert: Alert) -> int:
        news = selectors.news_for(alert.search, since=alert.notified_until)
        cards = pages.cards(news[:NAMED])
        unchanged = Alert.objects.filter(pk=alert.pk, notified_until=alert.notified_until)
        if not cards or not unchanged.update(notified_until=now):
            return 0  # stopped meanwhile, or written to by another job
        emails.news(alert, len(news), cards)
        return 1

    followed = Alert.objects.exclude(confirmed_at=None).order_by("pk")
    return each_apart(followed.iterator(), notify, name="notify_followers")


def erase_alerts(person: Person, *, by: Actor) -> None:
    """Delete the alerts sent to the address of a person who is being erased; `by` is unused."""
    for alert in Alert.objects.filter(email__iexact=person.email):
        erase_alert(alert)
