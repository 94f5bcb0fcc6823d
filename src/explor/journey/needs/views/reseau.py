"""Pages on which a network reads the needs filed with it."""

import csv

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.timezone import localdate

from explor.ground.audit.models import Entry
from explor.ground.audit.views import reading
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.mail.models import Message
from explor.ground.reference.selectors import choices, label
from explor.ground.roles.registry import role_required
from explor.ground.ui.amounts import counted
from explor.ground.ui.export import inert
from explor.ground.ui.parts import panels_of, progress_of

from .. import fields, pages, selectors
from ..models import NeedQuerySet
from ..states import State
from .verbs import VERBS, load

STATES = [choice for choice in State.choices if choice[0] != State.DRAFT]


@role_required("reseau")
def needs(request: Request) -> HttpResponse:
    """List the filtered needs filed with the network, or return them as a CSV file."""
    filters = {name: request.GET.get(name, "").strip() for name in ("q", "state", "country")}
    every = selectors.search(request.actor, **filters)
    if request.GET.get("format") == "csv":
        return reading(_csv(every), by=request.actor, what="needs.csv")
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


def _csv(rows: NeedQuerySet) -> HttpResponse:
    """Return a CSV file with a row for each of these needs."""
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="besoins.csv"'},
    )
    writer = csv.writer(response, delimiter=";")
    exported = [each for each in fields.FIELDS if each.column]
    columns = [each.column for each in exported]
    writer.writerow(["numero", "titre", "association", "pays", "etat", "depose", *columns])
    for need in rows.iterator(chunk_size=500):
        country = label("countries", need.country) if need.country else ""
        filed = localdate(need.filed_at).isoformat() if need.filed_at else ""
        cells = [need.file_number, need.title, need.association.name, country]
        cells += [need.get_state_display(), filed]
        values = [getattr(need, each.name) or "" for each in exported]
        writer.writerow(
            [
                *map(inert, cells),
                *(inert(each) if isinstance(each, str) else each for each in values),
            ]
        )
    return response
