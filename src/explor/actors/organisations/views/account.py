"""The page on which a signed-in person registers an organisation."""

from django.http import Http404, HttpResponse
from django.urls import reverse

from explor.ground.http.actor import Actor
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.ui.submit import create

from .. import actions
from ..forms import REGISTRATIONS
from ..models import Kind


def register(request: Request, kind: str) -> HttpResponse:
    """Register an association or an employer; the person becomes its first member.

    Another kind gives 404.
    """
    if kind not in Kind.values:
        raise Http404
    form = REGISTRATIONS[Kind(kind)](request.POST or None)
    person = request.user
    by = Actor(person=person.pk, name=person.name, email=person.email, role=kind)

    def save() -> str:
        organisation = actions.register(by=by, person=person, kind=kind, **form.fields_given)
        return reverse(f"organisations:{kind}_profile", args=[organisation.slug])

    if url := create(request, form, save):
        return done_redirect(request, url, "Votre inscription est envoyée à votre réseau.")
    return render_page(request, "organisations/register.html", {"form": form, "kind": Kind(kind)})
