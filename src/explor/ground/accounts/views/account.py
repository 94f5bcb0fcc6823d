"""Pages of one's own sessions, of a new sign-in, and of a form sent after a session expired."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from explor.ground.http.actor import Actor
from explor.ground.http.replay import done_redirect, repeatable
from explor.ground.http.request import Request
from explor.ground.http.typed import described
from explor.ground.http.views import render_page
from explor.ground.ui.submit import run_once

from .. import actions, selectors
from . import unsent as keeping


def sessions(request: Request) -> HttpResponse:
    """List the person's own open sessions, with buttons to end one session, or all others."""
    own = selectors.sessions_of(request.user)
    columns = ["Navigateur", "Ouverte le", "Dernière activité", "Terminer"]
    context = {"sessions": own, "current": request.session.session_key, "columns": columns}
    return render_page(request, "accounts/sessions.html", context)


@require_POST
def end_session(request: Request, digest: str) -> HttpResponse:
    """End one of the person's own sessions, other than the current one; 404 when there is none."""
    session = selectors.session_of(request.user, digest)
    if session is None or session.session_key == request.session.session_key:
        raise Http404
    run_once(request, lambda: actions.end_session(session, by=_own(request)))
    return done_redirect(request, reverse("accounts:sessions"), "La session est terminée.")


@require_POST
def end_other_sessions(request: Request) -> HttpResponse:
    """End all of the person's own sessions except the current one."""
    key = request.session.session_key or ""
    ended: list[int] = []
    run_once(
        request,
        lambda: ended.append(actions.end_sessions(request.user, by=_own(request), keep=key)),
    )
    message = (
        "Vos autres sessions sont terminées." if any(ended) else "Vous n’aviez pas d’autre session."
    )
    return done_redirect(request, reverse("accounts:sessions"), message)


@repeatable("it records an activity, at most once a minute")
@require_POST
def extend_session(request: Request) -> HttpResponse:
    """Record an activity; answer in JSON in how many seconds the session would end (`left`)."""
    request.session.touch()  # type: ignore[attr-defined]
    return JsonResponse({"left": request.session.seconds_left})  # type: ignore[attr-defined]


@repeatable("it drops what a session keeps; a second time, nothing is left")
def unsent(request: Request) -> HttpResponse:
    """Show to its author a form submitted after the session expired, to send or drop it."""
    kept = keeping.kept(request.session)
    fields = keeping.fields_of(kept) if kept.get("person") == request.user.pk else None
    if fields is None:
        keeping.drop(request.session)
        return redirect("/compte/")
    if request.method == "POST":
        keeping.drop(request.session)
        return redirect(kept["path"])
    shown = described(kept["path"].split("?")[0], fields)
    context = {"kept": {**kept, "fields": fields}, "shown": shown}
    return render_page(request, "accounts/unsent.html", context)


def sign_in_again(request: Request) -> HttpResponse:
    """Ask a person without password or second factor to sign in again before a sensitive change."""
    after = request.GET.get("next", "")
    query = urlencode({"next": after if after.startswith("/compte/") else "/compte/?rester"})
    url = f"{reverse('account_login')}?{query}"
    return render_page(request, "accounts/sign_in_again.html", {"after": url})


def _own(request: Request) -> Actor:
    person = request.user
    return Actor(person=person.pk, name=person.name, email=person.email)
