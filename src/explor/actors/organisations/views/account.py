"""Registering an organisation, once signed in."""

from django.http import Http404, HttpResponse
from django.urls import reverse

from explor.ground.common.actor import Actor
from explor.ground.common.request import Request
from explor.ground.common.views import answer, create, page

from .. import actions
from ..forms import REGISTRATIONS
from ..models import Kind


def register(request: Request, kind: str) -> HttpResponse:
    """An association or an employer enters, with its first member."""
    if kind not in Kind.values:
        raise Http404
    form = REGISTRATIONS[Kind(kind)](request.POST or None)
    person = request.user
    by = Actor(person=person.pk, name=person.name, email=person.email, hat=kind)

    def act() -> str:
        made = actions.register(by=by, person=person, kind=kind, **form.fields_given)
        return reverse(f"organisations:{kind}_profile", args=[made.slug])

    if url := create(request, form, act):
        return answer(request, url, "Votre inscription est envoyée à votre réseau.")
    return page(request, "organisations/register.html", {"form": form, "kind": Kind(kind)})
