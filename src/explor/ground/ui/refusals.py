"""Recording of refused actions, through a hook by which `audit` adds them to the access log."""

from django.http import HttpRequest

from explor.ground.http.exceptions import EditConflict

from . import hooks

SAFE = ("GET", "HEAD", "OPTIONS")

HOOK = "refusals"

hooks.define(HOOK, "callable(request): record that the action of a request was refused")


def note_refusal(request: HttpRequest, refusal: Exception) -> None:
    """Call the hook that records a refused action, except for edit conflicts and `SAFE` methods."""
    if request.method in SAFE or isinstance(refusal, EditConflict):
        return
    for note in hooks.get(HOOK):
        note(request)
