"""Hats: what a person may be here, worn in the URL and nowhere else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from . import slots
from .actor import Actor
from .views import already

ANYONE = -1  # in the place of a person, whose number is never below nought
COLUMNS = ("hat_kind", "hat_key", "hat_name", "hat_scope", "hat_accent")

slots.offer("hats", "kinds of hats, each with the query of those a person wears")


@dataclass(frozen=True, kw_only=True)
class HatKind:
    """A kind of hat.

    `worn_by(person)` is a queryset annotated with `COLUMNS`; `grant(person, key, role)` makes an
    invited person wear it, and `named(key)` says what the invitation is to (a network, a call).
    """

    kind: str
    label: str
    worn_by: Callable[[Any], "QuerySet[Any, Any]"]
    grant: Callable[[Any, str, str], None] | None = None
    named: Callable[[str], str] = str
    keyed: bool = True
    second_factor: bool = False


@dataclass(frozen=True, kw_only=True)
class Hat:
    """A hat as worn by one person, ready for the menu."""

    kind: str
    key: str
    name: str
    scope: int
    accent: str
    label: str

    @property
    def url(self) -> str:
        return f"/{self.kind}/{self.key}/" if self.key else f"/{self.kind}/"


def kinds() -> dict[str, HatKind]:
    """The declared kinds, by name."""
    return {kind.kind: kind for kind in slots.filled("hats")}


def hats_of(person: Any) -> list[Hat]:
    """Every hat `person` wears, in one query."""
    if not person.is_authenticated:
        return []
    known = kinds()
    sql, given = _asked()
    with connection.cursor() as cursor:
        cursor.execute(sql, [person.pk if value == ANYONE else value for value in given])
        rows = cursor.fetchall()
    return [
        Hat(
            kind=kind,
            key=key if known[kind].keyed else "",
            name=name,
            scope=scope,
            accent=accent,
            label=known[kind].label,
        )
        for kind, key, name, scope, accent in rows
    ]


@cache
def _asked() -> tuple[str, Sequence[Any]]:
    """The query of every hat of `ANYONE`, written once: each page of a person asks it again."""
    someone = get_user_model()(pk=ANYONE)
    rows, *others = [kind.worn_by(someone).values_list(*COLUMNS) for kind in kinds().values()]
    written: tuple[str, Sequence[Any]] = rows.union(*others, all=True).query.sql_with_params()
    return written


def wear(kind: str) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Serve a view under a hat of `kind`; whoever does not wear it sees a page that is not there.

    The URL part `key` is taken from the view's arguments; the view finds `request.hat` and
    `request.actor`.
    """

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            key = kwargs.pop("key", "")
            hat = next((h for h in request.hats if (h.kind, h.key) == (kind, key)), None)  # type: ignore[attr-defined]
            if hat is None:
                raise Http404
            if kinds()[kind].second_factor and not settings.EXPLOR_DEMO and not has_second(request):
                return redirect("mfa_index")
            put_on(request, hat)
            if url := already(request):
                return redirect(url)
            return view(request, *args, **kwargs)

        guarded.hat_kind = kind  # type: ignore[attr-defined]
        return guarded

    return decorate


def has_second(request: HttpRequest) -> bool:
    """True when this session was opened with a second factor."""
    methods = request.session.get("account_authentication_methods", [])
    return any(method.get("method") == "mfa" for method in methods)


def put_on(request: HttpRequest, hat: Hat) -> None:
    """Set what pages and verbs read: `request.hat` and `request.actor`."""
    request.hat = hat  # type: ignore[attr-defined]
    request.actor = Actor(  # type: ignore[attr-defined]
        person=request.user.pk,
        name=request.user.name,  # type: ignore[union-attr]
        email=request.user.email,  # type: ignore[union-attr]
        hat=hat.kind,
        scope=hat.scope,
        key=hat.key,
    )
