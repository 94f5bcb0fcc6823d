"""Pages of a signed-in person about their own data: what is stored, the copy, the erasure."""

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.contrib.auth import logout
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from explor.ground.accounts.models import Session
from explor.ground.audit.views import reading
from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.ui.submit import submit

from .. import actions, pages, rules
from ..forms import CopyForm, EraseForm
from ..models import Copy, ErasureRequest

DONE = "Votre compte est fermé. Vos données s’effacent."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_data(request: Request) -> HttpResponse:
    """Show the personal data stored about the person, and let them request a copy."""
    actor = rules.actor_of(request.user)
    require(actor.person is not None)
    form = CopyForm(request.POST if request.method == "POST" else None)
    if submit(request, form, lambda: actions.request_copy(request.user, by=actor)):
        return done_redirect(request, reverse("rights:my_data"), "Votre copie est demandée.")
    context = {"form": form, **pages.my_data(request.user)}
    return render_page(request, "rights/my_data.html", context)


@require_safe
def download(request: Request) -> HttpResponseBase:
    """Send the copy to the person whose data it holds; answer 404 to anyone else."""
    copy = Copy.objects.filter(person=request.user).first()
    if copy is None or not rules.can_download(rules.actor_of(request.user), copy):
        raise Http404
    try:
        content = copy.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, as_attachment=True, filename="mes-donnees-explor.zip")
    response["Content-Type"] = "application/zip"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return reading(response, by=rules.actor_of(request.user), what="copy", about=copy)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]
def erase(request: Request) -> HttpResponse:
    """Explain the erasure; once the person types the word, close the account and queue the job."""
    person = request.user
    actor = rules.actor_of(person)
    require(rules.can_erase(actor, person))
    form = EraseForm(request.POST if request.method == "POST" else None)
    recent = _signed_in_recently(request)
    if recent and submit(request, form, lambda: actions.request_erasure(person, by=actor)):
        code = ErasureRequest.objects.get(person=person).code
        logout(request)
        return done_redirect(request, reverse("rights:erasure", args=[code]), DONE)
    context = {"form": form, "recent": recent, **pages.erasure(person)}
    return render_page(request, "rights/erase.html", context)


def _signed_in_recently(request: Request) -> bool:
    """Return whether the sign-in is recent enough to erase the account.

    allauth asks for the password or second factor again, but lets a person who has neither pass.
    """
    if get_reauthentication_flows(request.user):
        return True
    session = Session.objects.filter(session_key=request.session.session_key).first()
    return session is not None and session.opened_at > timezone.now() - rules.RECENT
