"""The page that accepts an invitation."""

from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse

from explor.ground.http.access import private_link, public
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_types
from explor.ground.ui.submit import submit

from .. import actions, selectors
from ..forms import AcceptForm
from ..models import Invitation, Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@public
@private_link
def invitation(request: Request, secret: str) -> HttpResponse:
    """Accept an invitation: a new person enters their name; one with an account signs in first.

    Answer 404 when the invitation is unknown, accepted or expired, or its role no longer exists.
    """
    invited = selectors.invitation_of(secret)
    if invited is None:
        raise Http404
    account = Person.objects.filter(email=invited.email).first()
    if account and request.user != account:
        return redirect_to_login(request.path, "account_login")
    form = AcceptForm(request.POST or None, account=account, initial={"name": invited.name})
    if submit(request, form, lambda: _accept(request, invited, form, account)):
        return done_redirect(request, "/compte/", "Bienvenue dans Explor.")
    kind = role_types()[invited.role_type]
    context = {"form": form, "invitation": invited, "to_what": kind.named(invited.role_key)}
    return render_page(request, "accounts/invitation.html", context)


def _accept(
    request: Request, invited: Invitation, form: AcceptForm, account: Person | None
) -> None:
    person = account or actions.open_account(email=invited.email, name=form.cleaned_data["name"])
    actions.accept_invitation(invited, person=person)
    if not account:
        login(request, person, backend=BACKEND)
