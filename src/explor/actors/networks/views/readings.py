"""The page on which directors see who has read the sensitive data of their network."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.audit.selectors.accesses import is_watched, readings_of
from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.amounts import counted
from explor.ground.ui.submit import submit

from .. import actions, pages, selectors
from ..forms import ReadingsForm
from ..models import Network
from ..rules import can_set


@role_required("reseau")
def readings(request: Request) -> HttpResponse:
    """List who has read which sensitive data, and switch this recording on or off."""
    own = get_object_or_404(Network, pk=request.actor.scope)
    require(can_set(request.actor, selectors.officer_of(request.actor)))
    sent = request.POST if request.method == "POST" else None
    form = ReadingsForm(sent, initial={"on": is_watched(own.pk)})

    def switch() -> None:
        actions.set_readings(own, by=request.actor, on=form.cleaned_data["on"])

    if submit(request, form, switch):
        url = reverse("networks:reseau_readings", args=[request.actor.key])
        return done_redirect(request, url, "C’est enregistré.")
    page = Paginator(readings_of(own.pk), 50).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": pages.reading_rows(list(page)),
        "caption": counted(page.paginator.count, "lecture"),
        "columns": ["Quand", "Qui", "Quoi"],
    }
    return render_page(request, "networks/reseau_readings.html", context)
