"""Pages on which a network reads the needs filed with it."""

from django.core.paginator import Paginator
from django.http import HttpResponse

from explor.ground.audit.models import Entry
from explor.ground.audit.views import file_of_list
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.mail.models import Message
from explor.ground.reference.selectors import choices
from explor.ground.roles.registry import role_required
from explor.ground.ui.amounts import counted
from explor.ground.ui.parts import panels_of, progress_of

from .. import pages, selectors
from ..states import State
from .verbs import VERBS, load

STATES = [choice for choice in State.choices if choice[0] != State.DRAFT]


@role_required("reseau")
def needs(request: Request) -> HttpResponse:
    """List the filtered needs filed with the network, or return them as a file."""
    filters = {name: request.GET.get(name, "").strip() for name in ("q", "state", "country")}
    every = selectors.search(request.actor, **filters)
    if file := file_of_list(request, "needs", pages.columns_to_export(), every):
        return file
    rows = Paginator(every, 30).get_page(request.GET.get("page"))
    context = {
        "rows": rows,
        "filters": filters,
        "states": STATES,
        "countries": choices("countries"),
        "caption": counted(rows.paginator.count, "besoin"),
        "columns": ["Besoin", "Association", "Pays", "État", "Déposé", "En charge"],
    }
    return render_page(request, "needs/reseau_needs.html", context)


@role_required("reseau")
def need(request: Request, pk: int) -> HttpResponse:
    """Show the progress and the terms of a need, with the panels of other capabilities."""
    need = load(request, pk)
    context = {
        "need": need,
        "tone": pages.TONES[need.state],
        "facts": pages.facts_of(need),
        "progress": progress_of(need),
        "verbs": VERBS.buttons(request.actor, need),
        "panels": panels_of(request, "need", need),
        "entries": Entry.objects.about(need),
        "messages_sent": Message.objects.about(need)[:20],
    }
    return render_page(request, "needs/reseau_need.html", context)
