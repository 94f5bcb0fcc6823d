"""The five beats of a view: load, authorise, parse, act, answer. These are the last two."""

from collections.abc import Callable
from time import monotonic, sleep
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from .conflict import Refused
from .forms import Parsed
from .models import Once


def submit(request: HttpRequest, form: Parsed, act: Callable[[], Any]) -> bool:
    """Run `act` when the form holds; otherwise leave on the form what to say, and its status.

    A form with a token spends it in the same transaction: a second press waits for the first and
    is true as well, without acting.
    """
    if request.method != "POST":
        return False
    if not form.is_valid():
        form.status = 422
        return False
    token = form.cleaned_data.get("once")
    try:
        with transaction.atomic():
            if token:
                Once.objects.create(token=token)
            act()
    except Refused as refusal:
        form.refuse(refusal)
        return False
    except IntegrityError as error:
        if "common_once" not in str(error):
            raise
    return True


def create(request: HttpRequest, form: Parsed, act: Callable[[], str]) -> str:
    """Like `submit` for a form that creates: returns where to go, "" when there is nowhere.

    The token of the form is spent in the same transaction as the creation, so that a second
    sending waits for the first, then leads to what it made.
    """
    if request.method != "POST":
        return ""
    if not form.is_valid():
        form.status = 422
        return ""
    token = form.cleaned_data.get("once")
    try:
        with transaction.atomic():
            spent = Once.objects.create(token=token) if token else None
            url = act()
            if spent:
                Once.objects.filter(pk=spent.pk).update(url=url)
            return url
    except Refused as refusal:
        form.refuse(refusal)
        return ""
    except IntegrityError as error:
        if "common_once" not in str(error):
            raise
        return str(Once.objects.get(pk=token or "").url)


def page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None
) -> HttpResponse:
    """Draw `template`, with the status that its form asks for."""
    context = context or {}
    form = context.get("form")
    return render(request, template, context, status=form.status if form else 200)


def answer(request: HttpRequest, url: str, message: str = "") -> HttpResponse:
    """Lead to `url` after an act, and say what was done; a second press will be led there too."""
    if token := token_of(request):
        Once.objects.filter(pk=token, url="").update(url=url)
    if message:
        messages.success(request, message)
    return redirect(url)


def already(request: HttpRequest, *, patience: float = 0) -> str:
    """Where the first sending of the same form led; "" when this one is the first.

    The first is led somewhere a moment after its act: whoever finds the act done has the
    `patience`, in seconds, to wait for that.
    """
    if (token := token_of(request)) is None:
        return ""
    limit = monotonic() + patience
    led = Once.objects.filter(pk=token).values_list("url", flat=True)
    while (url := led.first()) == "" and monotonic() < limit:
        sleep(0.02)
    return url or ""


def token_of(request: HttpRequest) -> UUID | None:
    """The token of the form that is sent, if it has one."""
    try:
        return UUID(request.POST.get("once", ""))
    except ValueError:
        return None
