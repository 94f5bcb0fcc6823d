"""The type of a request in our views."""

from typing import Any

from django.http import HttpRequest

from .actor import Actor, Role


class Request(HttpRequest):
    """What the middleware and `role_required` set on every request: for types only."""

    user: Any
    role: Role
    roles: list[Role]
    actor: Actor
