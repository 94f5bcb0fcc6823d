"""The association's partners in the field."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, create, page, submit

from .. import actions
from ..forms import PartnerEdit, PartnerNew
from ..models import FieldPartner, Organisation


@wear("association")
def add(request: Request) -> HttpResponse:
    own = get_object_or_404(Organisation, pk=request.actor.scope)
    form = PartnerNew(request.POST or None)

    def act() -> str:
        fields = {name: form.cleaned_data[name] for name in form.cleaned_data if name != "once"}
        actions.add_partner(own, by=request.actor, **fields)
        return reverse("organisations:association_profile", args=[request.actor.key])

    if url := create(request, form, act):
        return answer(request, url, "Votre partenaire est enregistré.")
    return page(request, "organisations/association_partner.html", {"form": form})


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
        url = reverse("organisations:association_profile", args=[request.actor.key])
        return answer(request, url, "C’est enregistré.")
    context = {"form": form, "partner": partner}
    return page(request, "organisations/association_partner.html", context)
