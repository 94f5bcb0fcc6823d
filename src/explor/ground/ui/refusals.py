"""Refused acts, which a lower package shows and the journal notes."""

from django.http import HttpRequest

from explor.ground.http.exceptions import EditConflict

from . import hooks

SAFE = ("GET", "HEAD", "OPTIONS")

HOOK = "refusals"

hooks.define(HOOK, "callable(request): notes that the act of a request was refused")


def note_refusal(request: HttpRequest, refusal: Exception) -> None:
    """Have a refused act noted; a conflict between two authors is none, nor a page not shown."""
    if request.method in SAFE or isinstance(refusal, EditConflict):
        return
    for note in hooks.get(HOOK):
        note(request)
