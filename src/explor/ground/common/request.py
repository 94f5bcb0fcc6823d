"""A request as our views know it."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from .actor import Actor

if TYPE_CHECKING:
    from .hats import Hat


class Request(HttpRequest):
    """What `Bearing` and `wear` put on every request: for types only, never made by hand."""

    user: Any
    hat: "Hat"
    hats: "list[Hat]"
    actor: Actor
