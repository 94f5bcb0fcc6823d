"""Background jobs that open releases and end them as proposals change, and generate documents."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.proposals.models import Proposal

from . import actions
from .models import Release


@app.task(name="releases.open_release")
def open_release(subject: int) -> None:
    try:
        actions.open_release(Proposal.objects.get(pk=subject))
    except ActionNotAllowed:
        return  # a party took back its acceptance, or the expert withdrew, before this job ran


@app.task(name="releases.draw_amendment", retry=RetryStrategy(max_attempts=5, wait=10))
def draw_amendment(subject: int) -> None:
    actions.draw_amendment(Release.objects.select_related("agreement").get(pk=subject))


@app.periodic(cron="20 4 * * *")
@app.task(name="releases.draw_missing", queueing_lock="releases.draw_missing")
def draw_missing(timestamp: int) -> None:
    actions.draw_missing_amendments()


@app.task(name="releases.draw_signed_copy", retry=3)
def draw_signed_copy(subject: int) -> None:
    actions.draw_signed_copy(Release.objects.get(pk=subject))
    actions.draw_proof_files(Release.objects.get(pk=subject))


@app.task(name="releases.follow_loss")
def follow_loss(subject: int) -> None:
    actions.follow_loss(Proposal.objects.get(pk=subject))


@app.periodic(cron="40 6 * * *")
@app.task(name="releases.remind_employers", queueing_lock="releases.remind_employers")
def remind_employers(timestamp: int) -> None:
    actions.remind_employers(timezone.localdate())


@app.periodic(cron="50 6 * * *")
@app.task(name="releases.remind_signatories", queueing_lock="releases.remind_signatories")
def remind_signatories(timestamp: int) -> None:
    actions.remind_signatories(timezone.localdate())


@app.periodic(cron="50 3 * * *")
@app.task(name="releases.erase_machines", queueing_lock="releases.erase_machines")
def erase_machines(timestamp: int) -> None:
    actions.erase_machines(timezone.localdate())


@app.periodic(cron="*/15 * * * *")
@app.task(name="releases.remind_urgent", queueing_lock="releases.remind_urgent")
def remind_urgent(timestamp: int) -> None:
    actions.remind_urgent(timezone.now())
