"""Background jobs on releases: opening and end, documents, reminders, erasure of old data."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.proposals.models import Proposal

from . import actions
from .models import Release


@app.task(name="releases.open_release")
def open_release(subject: int) -> None:
    """Open the release of the proposal with this primary key, unless it is no longer agreed."""
    try:
        actions.open_release(Proposal.objects.get(pk=subject))
    except ActionNotAllowed:
        return  # a party took back its acceptance, or the expert withdrew, before this job ran


@app.task(name="releases.draw_amendment", retry=RetryStrategy(max_attempts=5, wait=10))
def draw_amendment(subject: int) -> None:
    """Generate the amendment of the release with this primary key."""
    actions.draw_amendment(Release.objects.select_related("agreement").get(pk=subject))


@app.periodic(cron="20 4 * * *")
@app.task(name="releases.draw_missing", queueing_lock="releases.draw_missing")
def draw_missing(timestamp: int) -> None:
    """Generate, each night, the amendments whose own job failed."""
    actions.draw_missing_amendments()


@app.task(name="releases.draw_signed_copy", retry=3)
def draw_signed_copy(subject: int) -> None:
    """Generate the signed copy and the proof files of the release with this primary key."""
    actions.draw_signed_copy(Release.objects.get(pk=subject))
    actions.draw_proof_files(Release.objects.get(pk=subject))


@app.task(name="releases.follow_loss")
def follow_loss(subject: int) -> None:
    """End the release of the proposal with this primary key, unless it is agreed again."""
    actions.follow_loss(Proposal.objects.get(pk=subject))


@app.periodic(cron="40 6 * * *")
@app.task(name="releases.remind_employers", queueing_lock="releases.remind_employers")
def remind_employers(timestamp: int) -> None:
    """Remind, each morning, the employers that have not answered a request."""
    actions.remind_employers(timezone.localdate())


@app.periodic(cron="50 6 * * *")
@app.task(name="releases.remind_signatories", queueing_lock="releases.remind_signatories")
def remind_signatories(timestamp: int) -> None:
    """Remind, each morning, the signatories whose turn it is."""
    actions.remind_signatories(timezone.localdate())


@app.periodic(cron="50 3 * * *")
@app.task(name="releases.erase_machines", queueing_lock="releases.erase_machines")
def erase_machines(timestamp: int) -> None:
    """Erase, each night, the IP address and browser of old signatures."""
    actions.erase_machines(timezone.localdate())


@app.periodic(cron="*/15 * * * *")
@app.task(name="releases.remind_urgent", queueing_lock="releases.remind_urgent")
def remind_urgent(timestamp: int) -> None:
    """Remind, every fifteen minutes, the employers of urgent requests."""
    actions.remind_urgent(timezone.now())
