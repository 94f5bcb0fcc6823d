"""The association's partners in the field."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, create, page, submit

from .. import actions
from ..forms import PartnerEdit, PartnerNew
from ..models import FieldPartner, Organisation


@wear("association")
def add(request: Request) -> HttpResponse:
    own = get_object_or_404(Organisation, pk=request.actor.scope)
    form, back = PartnerNew(request.POST or None), _back(request)

    def act() -> str:
        fields = {name: form.cleaned_data[name] for name in form.cleaned_data if name != "once"}
        made = actions.add_partner(own, by=request.actor, **fields)
        return f"{back}?partenaire={made.pk}" if back else _profile(request)

    if url := create(request, form, act):
        return answer(request, url, "Votre partenaire est enregistré.")
    context = {"form": form, "back": back or _profile(request)}
    return page(request, "organisations/association_partner.html", context)


@wear("association")
def edit(request: Request, pk: int) -> HttpResponse:
    partner = get_object_or_404(FieldPartner, pk=pk, association=request.actor.scope)
    form = PartnerEdit(request.POST or None, subject=partner)
    if submit(
        request,
        form,
        lambda: actions.describe_partner(
            partner, by=request.actor, changes=form.values, seen=form.seen
        ),
    ):
        return answer(request, _profile(request), "C’est enregistré.")
    context = {"form": form, "partner": partner, "back": _profile(request)}
    return page(request, "organisations/association_partner.html", context)


def _profile(request: Request) -> str:
    return reverse("organisations:association_profile", args=[request.actor.key])


def _back(request: Request) -> str:
    """The page of the association that led here, to be led back to; nothing for any other."""
    asked = request.GET.get("retour", "")
    own = asked.startswith(request.hat.url) and "?" not in asked
    return asked if own and url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""
