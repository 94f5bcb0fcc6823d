"""Role types, the roles that a person holds, and the decorator of the pages of a role."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import urlencode

from explor.ground.http.actor import Actor, Role
from explor.ground.http.replay import redirect_if_replayed
from explor.ground.ui import hooks

ANY_PERSON = -1  # placeholder for the primary key of the person in the cached query
COLUMNS = ("role_type", "role_key", "role_name", "role_scope", "role_accent")
View = Callable[..., HttpResponseBase]

hooks.define("roles", "RoleType: the role types, each with the query of those who hold it")
for hook, purpose in (
    ("nav:*", "NavItem: entries of the menu of a role type"),
    ("home:*", "callable(request) -> Panel | None: panels of the home of a role type"),
    ("tasks:*", "callable(actor) -> list[Task]: what a role type has to do"),
    ("panel:need:*", "callable(request, need) -> Panel | None: panels of the page of a need"),
    ("panel:mission:*", "callable(request, mission) -> Panel | None: panels of a mission"),
):
    hooks.define(hook, purpose)


@dataclass(frozen=True, kw_only=True)
class RoleType:
    """A type of role, such as officer of a network.

    `holders(person)` is a queryset annotated with `COLUMNS`; `grant(person, key, position)` gives
    the role to an invited person, and `named(key)` returns the name of the network, organisation or
    call for projects in the invitation. A `keyed` type has that key in the URL. `roster()` returns
    a row for each holder of the role, with `person`, `role_key`, `role_name` and `position_name`.
    `withdraw(person, key, by=, reason=)` removes the role, or raises `ActionNotAllowed`.
    """

    kind: str
    label: str
    holders: Callable[[Any], "QuerySet[Any, Any]"]
    grant: Callable[[Any, str, str], None] | None = None
    named: Callable[[str], str] = str
    keyed: bool = True
    second_factor: bool = False
    roster: "Callable[[], QuerySet[Any, Any]] | None" = None
    withdraw: Callable[..., None] | None = None


def role_types() -> dict[str, RoleType]:
    """Return the declared role types by `kind`."""
    return {each.kind: each for each in hooks.get("roles")}


def roles_of(person: Any) -> list[Role]:
    """Return all roles of `person`, in one query; [] for an anonymous visitor."""
    if not person.is_authenticated:
        return []
    types = role_types()
    sql, parameters = _roles_query()
    with connection.cursor() as cursor:
        cursor.execute(sql, [person.pk if each == ANY_PERSON else each for each in parameters])
        rows = cursor.fetchall()
    return [
        Role(
            kind=kind,
            key=key if types[kind].keyed else "",
            name=name,
            scope=scope,
            accent=accent,
            label=types[kind].label,
        )
        for kind, key, name, scope, accent in rows
    ]


@cache
def _roles_query() -> tuple[str, Sequence[Any]]:
    """Return the SQL union of the queries of all role types, and its parameters.

    Cached, since every private page runs it.
    """
    anyone = get_user_model()(pk=ANY_PERSON)
    first, *others = [each.holders(anyone).values_list(*COLUMNS) for each in role_types().values()]
    query: tuple[str, Sequence[Any]] = first.union(*others, all=True).query.sql_with_params()
    return query


def role_required(kind: str) -> Callable[[View], View]:
    """Decorate a view so that only persons with a role of type `kind` see it; 404 for others.

    A person who must first set up a second factor is redirected to the page for that. The URL
    argument `key` is not passed to the view, which uses `request.role` and `request.actor`. A form
    that was already accepted is redirected to the URL of its first submission.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            key = kwargs.pop("key", "")
            roles: list[Role] = request.roles  # type: ignore[attr-defined]
            role = next((each for each in roles if (each.kind, each.key) == (kind, key)), None)
            if role is None:
                raise Http404
            if _lacks_second_factor(request, kind):
                return _ask_for_second_factor(request)
            assign_role(request, role)
            return redirect_if_replayed(request) or view(request, *args, **kwargs)

        guarded.role_type = kind  # type: ignore[attr-defined]
        return guarded

    return decorate


def _lacks_second_factor(request: HttpRequest, kind: str) -> bool:
    required = role_types()[kind].second_factor and not settings.EXPLOR_DEMO
    return required and not has_second_factor(request)


def _ask_for_second_factor(request: HttpRequest) -> HttpResponseBase:
    """Redirect to the page that sets up a second factor, or to the page that asks for its code."""
    if not is_mfa_enabled(request.user):
        messages.info(request, "Ce rôle demande un second facteur : activez-en un ici.")
        return redirect("mfa_index")
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    url = next(each["url"] for each in methods if each["id"].startswith("mfa"))
    return redirect(f"{url}?{urlencode({'next': request.get_full_path()})}")


def has_second_factor(request: HttpRequest) -> bool:
    """Return whether the person used a second factor to sign in to this session."""
    methods = request.session.get("account_authentication_methods", [])
    return any(method.get("method") == "mfa" for method in methods)


def assign_role(request: HttpRequest, role: Role) -> None:
    """Set `request.role`, and set `request.actor` to the signed-in person in this role."""
    request.role = role  # type: ignore[attr-defined]
    request.actor = Actor(  # type: ignore[attr-defined]
        person=request.user.pk,
        name=request.user.name,  # type: ignore[union-attr]
        email=request.user.email,  # type: ignore[union-attr]
        role=role.kind,
        scope=role.scope,
        key=role.key,
    )
