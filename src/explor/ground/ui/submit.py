"""Execution of the action of a form: once, even if submitted twice, with refusals on the form."""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.models import IdempotencyKey
from explor.ground.http.replay import idempotency_key_of, replayed_url, storable

from .forms import BaseForm
from .refusals import note_refusal

KEY_TABLE = IdempotencyKey._meta.db_table


def submit(request: HttpRequest, form: BaseForm, action: Callable[[], Any]) -> bool:
    """Run `action` if the form is posted and valid; return whether the action is done.

    The idempotency key of the form is saved in the same transaction: a second submission waits for
    the first and also returns True, without running `action`. If the action is refused, the reasons
    are shown on the form.
    """
    if not _is_valid(request, form):
        return False
    try:
        run_once(request, action)
    except ActionNotAllowed as refusal:
        form.refuse(refusal)
        note_refusal(request, refusal)
        return False
    return True


def run_once(request: HttpRequest, action: Callable[[], Any]) -> None:
    """Run `action` unless the form of this request was already accepted.

    Raises:
        ActionNotAllowed: the action is refused; the same form can be submitted again.
    """
    try:
        _run(request, action)
    except IntegrityError as error:
        if not _is_replay(error):
            raise


def create(request: HttpRequest, form: BaseForm, action: Callable[[], str]) -> str:
    """Run `action`, which creates a row and returns its URL; return that URL, "" if it is not run.

    The idempotency key of the form is saved in the transaction of the creation: a second submission
    waits for the first, then returns the URL of the row that the first created. If the action is
    refused, the reasons are shown on the form.
    """
    if not _is_valid(request, form):
        return ""
    try:
        return str(_run(request, action, keep_url=True))
    except ActionNotAllowed as refusal:
        form.refuse(refusal)
        note_refusal(request, refusal)
        return ""
    except IntegrityError as error:
        if not _is_replay(error):
            raise
        return replayed_url(request)


def _is_valid(request: HttpRequest, form: BaseForm) -> bool:
    if request.method != "POST":
        return False
    if not form.is_valid():
        form.status = 422
        return False
    return True


@transaction.atomic
def _run(request: HttpRequest, action: Callable[[], Any], *, keep_url: bool = False) -> Any:
    key = idempotency_key_of(request)
    if key:
        IdempotencyKey.objects.create(key=key)
    result = action()
    if key and keep_url:
        IdempotencyKey.objects.filter(pk=key).update(url=storable(result))
    return result


def _is_replay(error: IntegrityError) -> bool:
    """Return whether the error is a duplicate idempotency key: the form was already accepted."""
    return KEY_TABLE in str(error)
