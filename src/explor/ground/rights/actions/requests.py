"""The erasure that a person asks for: the account closes at once, a job erases the rest."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from explor.ground.accounts.actions import lock_administrators
from explor.ground.accounts.models import Person, Session
from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed

from .. import emails
from ..models import Erased, ErasureRequest, Stage
from ..rules import actor_of
from .erasing import blockers_of_erasure, erase_account

LOCK = "rights.erase"  # one erasure at a time
FORGOTTEN = timedelta(days=1)
ALREADY = "Votre effacement est déjà demandé."


@transaction.atomic
def request_erasure(person: Person, *, by: Actor) -> ErasureRequest:
    """Close an account and end its sessions at once; defer the job that erases the person.

    Raises:
        ActionNotAllowed: the erasure is asked for already, or the person must first end something.
    """
    lock_administrators()  # of two who leave at once, the last stays
    person = Person.objects.select_for_update().get(pk=person.pk)
    if ErasureRequest.objects.filter(person=person).exists():
        raise ActionNotAllowed(ALREADY)
    if reasons := blockers_of_erasure(person):
        raise ActionNotAllowed(*reasons)
    request = ErasureRequest.objects.create(person=person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    Session.objects.filter(person=person.pk).delete()
    audit.log(person, "request_erasure", by=by)
    app.configure_task("rights.erase", lock=LOCK).defer(request=request.pk)
    return request


def resume_requests() -> int:
    """Defer again the job of each erasure that has not ended for a day; return how many.

    A job that failed for good would leave the person with a closed account and all their data.
    """
    late = timezone.now() - FORGOTTEN
    waiting = ErasureRequest.objects.filter(
        stage__in=(Stage.QUEUED, Stage.RUNNING), requested_at__lt=late
    )
    deferred = 0
    for pk in waiting.order_by("pk").values_list("pk", flat=True):
        task = app.configure_task("rights.erase", lock=LOCK, queueing_lock=f"rights.erase:{pk}")
        with suppress(AlreadyEnqueued), transaction.atomic():
            task.defer(request=pk)
            deferred += 1
    return deferred


def erase_requested(pk: int) -> None:
    """Erase the person of a request, in one transaction; do nothing when it has ended.

    A worker that is killed leaves nothing half erased: the next run begins again. If something
    that blocks the erasure came up since the request, open the account again and say why by mail.
    """
    waiting = ErasureRequest.objects.filter(pk=pk, stage__in=(Stage.QUEUED, Stage.RUNNING))
    request = waiting.select_related("person").first()
    if request is None or request.person is None:
        return
    waiting.update(stage=Stage.RUNNING, started_at=timezone.now())
    try:
        with transaction.atomic():
            erase_account(request.person, by=actor_of(request.person))
            _end(request, Stage.DONE)
    except ActionNotAllowed as refusal:
        _open_again(request, refusal.reasons)


@transaction.atomic
def _open_again(request: ErasureRequest, reasons: Sequence[str]) -> None:
    """Open the account again of a person whose erasure is prevented, and say why by mail.

    A person who was erased from elsewhere meanwhile stays so: their request is done.
    """
    person = Person.objects.select_for_update().get(pk=request.person_id)
    if Erased.objects.filter(person=person.pk).exists():
        _end(request, Stage.DONE)
        return
    person.is_active = True
    person.save(update_fields=["is_active"])
    audit.log(person, "reopen_account", by=SYSTEM)
    emails.erasure_prevented(person, reasons=reasons)
    _end(request, Stage.BLOCKED)


def _end(request: ErasureRequest, stage: Stage) -> None:
    ended = {"person": None, "stage": stage, "ended_at": timezone.now()}
    ErasureRequest.objects.filter(pk=request.pk).update(**ended)


def forget_request(row: ErasureRequest, now: datetime | None = None) -> None:
    """Delete a request that ended; `now` is that of a purge."""
    row.delete()
