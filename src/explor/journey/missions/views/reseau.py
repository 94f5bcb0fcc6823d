"""The list of the missions of a network, as a page or a CSV file."""

from django.http import HttpResponse

from explor.ground.http.request import Request
from explor.ground.reference.selectors import label
from explor.ground.roles.registry import role_required
from explor.ground.ui.export import csv_file

from .. import pages, selectors
from . import shared

COLUMNS = (
    *("numero", "mission", "association", "pays", "depart", "retour", "etat"),
    *("depart_prevu", "retour_prevu"),
)


@role_required("reseau")
def missions(request: Request) -> HttpResponse:
    """Show the filtered list of missions, or return it as a CSV file."""
    if request.GET.get("format") == "csv":
        return _csv(request)
    return shared.missions(request)


def _csv(request: Request) -> HttpResponse:
    """Return the missions that match the filters, as a CSV file, with their real days if known."""
    results = selectors.search(request.actor, **pages.filters_of(request.GET))
    rows = (
        [
            each.file_number,
            each.need.title,
            each.association.name,
            label("countries", each.country),
            stay.start.isoformat() if (stay := each.stay) else "",
            stay.end.isoformat() if stay else "",
            each.get_state_display(),
            each.start.isoformat(),
            each.end.isoformat(),
        ]
        for each in results.iterator(chunk_size=500)
    )
    return csv_file("missions", COLUMNS, rows)
