"""The erasure at a person's request: the account closes at once, a job erases the data later."""

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

LOCK = "rights.erase"  # prevents concurrent erasures
FORGOTTEN = timedelta(days=1)
ALREADY = "Votre effacement est déjà demandé."


@transaction.atomic
def request_erasure(person: Person, *, by: Actor) -> ErasureRequest:
    """Close an account and end its sessions at once; queue the job that erases the person.

    Raises:
        ActionNotAllowed: the erasure was already requested, or the person must first end something.
    """
    lock_administrators()  # if two people leave at once, the last one must stay
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
    """Queue again the job of each erasure that has not ended after a day; return how many.

    Otherwise a failed job would leave a closed account with all its data.
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
    """Erase the person of a request in one transaction; do nothing if the request has ended.

    If the worker is killed, nothing is half erased and the next run starts again. If something now
    blocks the erasure, open the account again and notify the person by e-mail.
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
    """Reopen the account of a person whose erasure is blocked, and e-mail them the reasons.

    If the person was erased elsewhere meanwhile, mark the request as done instead.
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
    """Delete a request that has ended. `now`, passed by the purge, is unused."""
    row.delete()
