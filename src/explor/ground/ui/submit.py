"""Execution of the action of a form: once, even if submitted twice, with refusals on the form."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.models import IdempotencyKey

from .forms import BaseForm
from .refusals import note_refusal

KEY_TABLE = IdempotencyKey._meta.db_table


def submit(request: HttpRequest, form: BaseForm, act: Callable[[], Any]) -> bool:
    """Run `act` when the form is posted and valid; return True when the action is done, else False.

    The idempotency key of the form is saved in the same transaction: a second submission waits for
    the first and also returns True, without running `act`. A refusal is shown on the form.
    """
    if not _is_valid(request, form):
        return False
    try:
        _run(form, act)
    except ActionNotAllowed as refusal:
        form.refuse(refusal)
        note_refusal(request, refusal)
        return False
    except IntegrityError as error:
        if not _is_replay(error):
            raise
    return True


def create(request: HttpRequest, form: BaseForm, act: Callable[[], str]) -> str:
    """Run `act`, which creates a row and returns its URL; return that URL, "" when it did not run.

    The idempotency key of the form is saved in the transaction of the creation: a second submission
    waits for the first, then returns the URL of the row that the first created. A refusal is shown
    on the form.
    """
    if not _is_valid(request, form):
        return ""
    try:
        return str(_run(form, act, keep_url=True))
    except ActionNotAllowed as refusal:
        form.refuse(refusal)
        note_refusal(request, refusal)
        return ""
    except IntegrityError as error:
        if not _is_replay(error):
            raise
        return IdempotencyKey.objects.get(key=form.cleaned_data["idempotency_key"]).url


def _is_valid(request: HttpRequest, form: BaseForm) -> bool:
    if request.method != "POST":
        return False
    if not form.is_valid():
        form.status = 422
        return False
    return True


def _key(form: BaseForm) -> UUID | None:
    key: UUID | None = form.cleaned_data.get("idempotency_key")
    return key


@transaction.atomic
def _run(form: BaseForm, act: Callable[[], Any], *, keep_url: bool = False) -> Any:
    key = _key(form)
    if key:
        IdempotencyKey.objects.create(key=key)
    result = act()
    if key and keep_url:
        IdempotencyKey.objects.filter(pk=key).update(url=result)
    return result


def _is_replay(error: IntegrityError) -> bool:
    """Return whether the error is that the idempotency key exists: the form was accepted before."""
    return KEY_TABLE in str(error)
