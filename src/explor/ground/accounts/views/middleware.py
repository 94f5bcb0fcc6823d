"""Middleware that requires sign-in and records activity; handlers of the sign-in signals."""

from typing import Any

from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from explor.ground.audit.actions.accesses import note
from explor.ground.audit.models import Access
from explor.ground.http import errors
from explor.ground.http.actor import Actor
from explor.ground.http.typed import typed_values
from explor.ground.roles.registry import roles_of
from explor.ground.ui import hooks

from .. import rules, selectors
from ..actions import end_sessions
from ..actions.erasing import forget_address
from ..actions.unproved import drop_unproved_password
from . import unsent

MOST = 100_000  # maximum number of characters kept of such a form


class SessionMiddleware(LoginRequiredMiddleware):
    """Middleware that requires sign-in, and records the activity of signed-in persons.

    Activity is recorded at most once a minute, and not for background requests of a page. A form
    submitted after the session expired is kept for its author until they sign in again.
    """

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponseBase | None:
        to_sign_in = super().process_view(request, *args)
        if to_sign_in:
            return _refused(request) or to_sign_in
        if request.user.is_authenticated:
            _record(request)
            path = unsent.kept(request.session).get("path")
            if request.method == "POST" and path == request.get_full_path():
                unsent.drop(request.session)
        return None


def opened(sender: object, *, request: HttpRequest, user: Any, **kwargs: object) -> None:
    """Save in the session of a person who signs in their browser and the allowed idle time.

    Receives `user_logged_in`.
    """
    browser = rules.browser_of(request.headers.get("User-Agent", ""))
    request.session.open(browser=browser, idle=rules.idle_of(roles_of(user)))  # type: ignore[attr-defined]


def signed_in(sender: object, *, user: Any, **kwargs: object) -> None:
    """Record a sign-in in the log of accesses; receives `user_logged_in`."""
    note(Access.Type.SIGN_IN, by=Actor(person=user.pk))


def code_refused(sender: object, *, user: Any, **kwargs: object) -> None:
    """Record a wrong code in the log of accesses; receives signals of allauth."""
    note(Access.Type.FAILURE, by=Actor(person=user.pk))


def signed_out(sender: object, *, request: Any, user: Any, **kwargs: object) -> None:
    """Record a sign-out; receives `user_logged_out`, with no user when the session had expired."""
    if user is not None:
        request.has_signed_out = True  # `http.headers` then tells the browser to delete its data
        note(Access.Type.SIGN_OUT, by=Actor(person=user.pk))


def enrolled(sender: object, *, request: HttpRequest, authenticator: Any, **kw: object) -> None:
    """Mark a second factor just set up as used in this session; receives `authenticator_added`.

    The person has just proved that they hold the factor: otherwise they would have to sign in
    again. Recovery codes are ignored.
    """
    if authenticator.type != authenticator.Type.RECOVERY_CODES:
        record_authentication(
            request, request.user, "mfa", type=authenticator.type, reauthenticated=True
        )


def unenrolled(sender: object, *, request: HttpRequest, user: Any, **kwargs: object) -> None:
    """End the other sessions of a person who removes a second factor, since it may be lost.

    Receives `authenticator_removed`.
    """
    key = request.session.session_key or ""
    end_sessions(user, by=Actor(person=user.pk, name=user.name, email=user.email), keep=key)


def verified(sender: object, *, request: HttpRequest, email_address: Any, **kw: object) -> None:
    """Delete the password of a person who verified their address with a code alone.

    The one who signed up and chose the password may not be the owner of the address. Receives
    `email_confirmed`.
    """
    person = email_address.user
    proved = get_authentication_records(request, person)
    by_code = bool(proved) and proved[-1]["method"] == "code"
    if by_code and drop_unproved_password(person, address=email_address):
        messages.warning(
            request,
            "Le mot de passe choisi à l’inscription est effacé, car rien ne prouvait qu’il était "
            "de vous. Choisissez-en un autre depuis votre compte, ou entrez par un code.",
        )


def readdressed(
    sender: object, *, from_email_address: Any, to_email_address: Any, **kwargs: object
) -> None:
    """Delete attempts and bounces of a person's former address; receives `email_changed`.

    Rows that name a person by their address get the new one (hook `accounts.readdressed`), so that
    an erasure finds them.
    """
    if from_email_address is not None:
        forget_address(from_email_address.email)
        for follow in hooks.get("accounts.readdressed"):
            follow(from_email_address.email, to_email_address.email)


def _refused(request: HttpRequest) -> HttpResponseBase | None:
    """Return the response to a form sent without a session; None if no typed text is lost."""
    if request.headers.get("HX-Request"):
        # the page stays open and shows that the session has expired
        return HttpResponse(status=401)
    if not typed_values(request) or request.path.startswith("/compte/"):
        return None
    return _keep(request) or errors.csrf_failure(request)


def _record(request: HttpRequest) -> None:
    session: Any = request.session
    if session.is_stale and not request.headers.get("X-Unattended"):
        session.allow(rules.idle_of(request.roles))  # type: ignore[attr-defined]
        session.touch()


def _keep(request: HttpRequest) -> HttpResponseBase | None:
    """Keep the submitted form for the person whose session has just expired, if possible."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    person = selectors.person_of_ended(key)
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    if person is None or sum(len(value) for _, value in fields) > MOST:
        return None
    path, files = request.get_full_path(), bool(request.FILES)
    unsent.keep(request.session, person=person, path=path, fields=fields, files=files)
    messages.warning(
        request,
        "Votre session s’est terminée faute d’activité. Ce que vous avez saisi est gardé : "
        "connectez-vous, puis envoyez-le.",
    )
    query = urlencode({"next": reverse("accounts:unsent")})
    return redirect(f"{reverse(settings.LOGIN_URL)}?{query}")
