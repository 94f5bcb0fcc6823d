"""The type of the requests received by views, for annotations."""

from typing import Any

from django.http import HttpRequest

from .actor import Actor, Role


class Request(HttpRequest):
    """A request with the attributes set by the middleware and `role_required`, for typing."""

    user: Any
    role: Role
    roles: list[Role]
    actor: Actor
