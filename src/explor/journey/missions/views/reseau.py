"""A network clears, postpones and ends the missions of its members."""

from django.http import Http404, HttpResponse

from explor.ground.common.access import require
from explor.ground.common.export import csv_file
from explor.ground.common.forms import Act
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, submit
from explor.ground.reference.queries import label

from .. import actions, queries, rules
from ..forms import ClearForm, EndForm, PostponeForm
from . import shared

FORMS = {
    "clear": ClearForm,
    "postpone": PostponeForm,
    "cancel": EndForm,
    "interrupt": EndForm,
    "go_remote": EndForm,
}
COLUMNS = ("mission", "association", "pays", "depart", "retour", "etat")
VERBS = {slug: verb for verb, slug in shared.SLUGS.items()}


@wear("reseau")
def missions(request: Request) -> HttpResponse:
    """The board of the missions, or the same list for a spreadsheet."""
    if request.GET.get("format") == "csv":
        return _csv(request)
    return shared.missions(request)


@wear("reseau")
def act(request: Request, pk: int, slug: str) -> HttpResponse:
    """One verb, with what it asks: a reason, dates, a cause."""
    if slug not in VERBS:
        raise Http404
    found, verb = shared.found_for(request, pk), VERBS[slug]
    transition = found.workflow.transition(found.state, verb)
    require(rules.can(request.actor, verb, found))
    kind = FORMS.get(verb, Act)
    extra = {"needs_reason": transition.needs_reason} if kind is Act else {}
    form = kind(request.POST or None, subject=found, **extra)

    def run() -> None:
        getattr(actions, verb)(found, by=request.actor, seen=form.seen, **form.values)

    if submit(request, form, run):
        url = queries.url_of(request.actor, found)
        return answer(request, url, f"{transition.label} : c’est fait.")
    return shared.act_page(request, found, form, transition)


def _csv(request: Request) -> HttpResponse:
    """The missions that the filters keep."""
    found = queries.search(request.actor, **queries.asked_of(request.GET))
    rows = (
        [
            each.need.title,
            each.association.name,
            label("countries", each.country),
            each.start.isoformat(),
            each.end.isoformat(),
            each.get_state_display(),
        ]
        for each in found.iterator(chunk_size=500)
    )
    return csv_file("missions", COLUMNS, rows)
