"""Requests of the devices that keep a mission book offline; see docs/decisions/0045."""

import json
from pathlib import Path
from typing import Any

import structlog
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from explor.ground.accounts.rules import browser_of
from explor.ground.http.access import public, require
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.ground.http.limits import DIARY, seconds_to_wait
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.ui.refusals import note_refusal
from explor.ground.ui.submit import run_once

from .. import actions, pages, rules, selectors
from ..forms import SentForm
from ..models import Device, DiaryEntry
from .shared import load

logger = structlog.get_logger(__name__)
MOST = 60_000  # bytes: three answers of 4 000 characters, of four bytes at most
PLAIN = str | int | None
UNKNOWN = f"Ce téléphone n’est pas connu de ce carnet. {rules.SIGN_IN}"
CONFLICT = "Une autre version de cette note est au carnet. La vôtre reste sur ce téléphone."


@require_safe
def offline(request: Request, pk: int) -> HttpResponse:
    """Show the page of a mission book that a device keeps offline; it contains no entry."""
    mission = load(request, pk)
    require(rules.can_read(request.actor, mission))
    context = pages.context_offline(request.actor, mission)
    return render_page(request, "mission_book/offline.html", context)


@require_safe
def worker(request: Request, pk: int) -> HttpResponse:
    """Serve the service worker of a mission book, limited to the URLs of that book."""
    require(rules.can_read(request.actor, load(request, pk)))
    parts = (finders.find(f"mission_book/{name}.js") for name in ("outbox", "worker"))
    script = "\n".join(Path(str(part)).read_text(encoding="utf-8") for part in parts)
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@require_POST
def keep(request: Request, pk: int) -> HttpResponse:
    """Give a new key to the expert's device, once, so that the mission book works offline.

    Answer JSON: `device` (its primary key) and `key`, or `detail` with the status 409.
    """
    mission, actor, today = load(request, pk), request.actor, timezone.localdate()
    require(rules.can_keep(actor, mission, today))
    label = browser_of(request.headers.get("User-Agent", ""))
    made: list[tuple[Device, str]] = []
    try:
        run_once(request, lambda: made.append(actions.keep_book(mission, by=actor, label=label)))
    except ActionNotAllowed as refused:
        note_refusal(request, refused)
        return _refused(409, str(refused))
    if not made:
        return _refused(409, "Cette demande a déjà servi : rechargez la page.")
    device, key = made[0]
    return JsonResponse({"device": device.pk, "key": key})


@public
@csrf_exempt  # no cookie opens it: the key is in a header that no other site can send
@require_POST
@never_cache
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Save a diary entry that a device sends with its key, even when nobody is signed in.

    Answer JSON: `uuid` and `version` of the entry, or `detail` with a status from 400 to 429.
    """
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    device = selectors.device_of(key, pk) if scheme == "Bearer" and key else None
    if device is None:
        logger.warning("unknown_book_key", mission=pk)
        return _refused(401, UNKNOWN)
    if wait := seconds_to_wait(request, DIARY, who=f"device {device.pk}"):
        return _later(wait)
    author = selectors.author_of(device)
    today = timezone.localdate()
    if author is None or not rules.can_send(device, holds_role=True, today=today):
        reason = rules.refusal_of(device, holds_role=author is not None, today=today)
        note_refusal(request, PermissionDenied(reason))
        return _refused(401, reason)
    request.actor = author  # type: ignore[attr-defined]
    return _receive(request, device)


def _receive(request: Any, device: Device) -> HttpResponse:
    """Parse and save once what a device sent; return the same JSON answer each time."""
    form, refusal = _sent(request)
    if form is None:
        return refusal
    if not form.is_valid():
        return _refused(422, " ".join(str(e) for each in form.errors.values() for e in each))
    sent, author = form.sent, request.actor
    try:
        run_once(request, lambda: actions.receive_entry(device, by=author, **sent))
    except EditConflict:
        return _refused(409, CONFLICT)
    except ActionNotAllowed as refused:
        note_refusal(request, refused)
        return _refused(422, str(refused))
    saved = DiaryEntry.objects.filter(mission=device.mission_id, uuid=sent["uuid"])
    version = saved.values_list("version", flat=True).first()
    return JsonResponse({"uuid": str(sent["uuid"]), "version": version})


def _sent(request: HttpRequest) -> tuple[SentForm | None, HttpResponse]:
    """Return the form filled from a small JSON object; for anything else, None and a refusal."""
    nothing = HttpResponse()
    if request.content_type != "application/json":
        return None, _refused(415, "Une note s’envoie en JSON.")
    if len(request.body) > MOST:
        return None, _refused(413, "Cette note est trop longue : raccourcissez-la.")
    try:
        values = json.loads(request.body)
        json.dumps(values, ensure_ascii=False).encode()  # half a character cannot be stored
    except (ValueError, RecursionError):
        return None, _refused(400, "Cette note est illisible.")
    if not isinstance(values, dict) or not all(isinstance(v, PLAIN) for v in values.values()):
        return None, _refused(400, "Cette note est illisible.")
    given = {name: str(value) for name, value in values.items() if value is not None}
    return SentForm(given), nothing


def _refused(status: int, detail: str) -> HttpResponse:
    return JsonResponse({"detail": detail}, status=status)


def _later(wait: int) -> HttpResponse:
    response = _refused(429, "Trop d’envois : le téléphone recommence bientôt.")
    response["Retry-After"] = str(wait)
    return response
