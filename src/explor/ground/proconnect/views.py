"""Views that send a person to ProConnect and receive them back, and the URL to sign out of it."""

from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import get_random_string
from django.utils.http import urlencode

from explor.ground.http.replay import repeatable

from .client import OPENED, Client


@login_not_required  # type: ignore[untyped-decorator]
@repeatable("each visit begins a sign-in of its own")
def login(request: HttpRequest) -> HttpResponse:
    """Redirect the visitor to ProConnect to sign in.

    Answer 404 when ProConnect is not configured.
    """
    return _of_library(OAuth2LoginView, request)


@login_not_required  # type: ignore[untyped-decorator]
@repeatable("a code of ProConnect serves once")
def callback(request: HttpRequest) -> HttpResponse:
    """Sign in the person whom ProConnect sends back.

    A GET request writes nothing: it shows a button that submits the sign-in. Answer 404 when
    ProConnect is not configured.
    """
    if request.method == "POST" or "code" not in request.GET:
        return _of_library(OAuth2CallbackView, request)
    if not settings.SOCIALACCOUNT_PROVIDERS:
        raise Http404
    return render(request, "proconnect/callback.html")


def sign_out_url(request: HttpRequest) -> str:
    """Return the URL that also ends the session of ProConnect; "" for another sign-in."""
    opened = request.session.get(OPENED, {})
    if not opened.get("end"):
        return ""
    values = {
        "id_token_hint": opened["id_token"],
        "post_logout_redirect_uri": request.build_absolute_uri("/"),
        "state": get_random_string(32),
    }
    return f"{opened['end']}?{urlencode(values)}"


def _of_library(view: Any, request: HttpRequest) -> HttpResponse:
    """Return the response of an allauth view; raise 404 when ProConnect is not configured."""
    try:
        answer: HttpResponse = view.adapter_view(Client(request))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return answer
