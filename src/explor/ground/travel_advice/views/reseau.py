"""Pages on which a network consults travel advice and records new readings."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.reference.selectors import UnknownTerm, label
from explor.ground.roles.registry import role_required
from explor.ground.ui.submit import create

from .. import actions, rules, selectors
from ..forms import ReadingForm

PER_PAGE = 30
BOARD = ["Lieu", "Zone", "Pays", "Relevé le", "Ce que cela permet", "Agir"]
HISTORY = ["Relevé le", "Lieu", "Zone", "Pays", "Par", "Page consultée"]


@role_required("reseau")
def board(request: Request) -> HttpResponse:
    """Show the last travel advice recorded on each place that matches the search, oldest first."""
    today = timezone.localdate()
    search = request.GET.get("q", "")
    rows = selectors.board(request.actor, today, search)
    readings = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = [(advice, rules.verdict(advice, today)) for advice in readings]
    context = {"lines": lines, "readings": readings, "search": search, "columns": BOARD}
    return render_page(request, "travel_advice/reseau_board.html", context)


@role_required("reseau")
def history(request: Request, country: str) -> HttpResponse:
    """Show all the travel advice recorded on a country, the latest first.

    An unknown country gives 404.
    """
    try:
        name = label("countries", country)
    except UnknownTerm:
        raise Http404 from None
    rows = selectors.history(request.actor, country)
    readings = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"readings": readings, "country": country, "name": name, "columns": HISTORY}
    return render_page(request, "travel_advice/reseau_history.html", context)


@role_required("reseau")
def read(request: Request) -> HttpResponse:
    """Record the advice that an officer read on the ministry's page about a place."""
    require(rules.can_record(request.actor))
    prefilled = {name: request.GET[name] for name in ("country", "place") if name in request.GET}
    form = ReadingForm(request.POST or None, initial=prefilled)
    back = reverse("travel_advice:reseau_board", args=[request.role.key])

    def record() -> str:
        actions.record_reading(**form.values, by=request.actor)
        return back

    if url := create(request, form, record):
        return done_redirect(request, url, "Le relevé est enregistré.")
    return render_page(request, "travel_advice/reseau_read.html", {"form": form, "back": back})
