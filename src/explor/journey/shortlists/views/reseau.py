"""Pages where an officer lists needs, then searches experts for one: ranking and comparison."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from explor.ground.audit.views import file_of_list
from explor.ground.http.access import require
from explor.ground.http.bounds import number_of
from explor.ground.http.limits import COSTLY, limited
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.parts import panels_of

from .. import engine, pages, rules, selectors

COMPARED = 4  # experts side by side: more would not fit on a page
SEARCHES = ["Besoin", "Association", "Places", "Recherche"]


@role_required("reseau")
def searches(request: Request) -> HttpResponse:
    """List the selected needs, with the status of the search for each."""
    words = request.GET.get("q", "").strip()
    needs = selectors.searched(request.actor, words)
    needs = needs.order_by("window_start", "pk")
    if file := file_of_list(request, "searches", pages.EXPORTED, pages.lines_to_export(needs)):
        return file
    rows = Paginator(needs, 30).get_page(request.GET.get("page"))
    lines = pages.search_lines(rows)
    context = {"rows": rows, "lines": lines, "words": words, "columns": SEARCHES}
    return render_page(request, "shortlists/reseau_searches.html", context)


@limited(COSTLY)
@role_required("reseau")
def shortlist(request: Request, need: int) -> HttpResponse:
    """Show a page of the ranked experts or, on request, of the ineligible ones, with reasons."""
    instance = need_or_404(request, need)
    aside = request.GET.get("voir") == "ecartes"
    words = request.GET.get("q", "").strip()
    named = selectors.experts_named(request.actor, words) if words else None
    result = engine.shortlist(instance, aside=aside, only=named, page=request.GET.get("page"))
    [(_, _, *state)] = pages.search_lines([instance])
    context = {
        "need": instance,
        "list": result,
        "candidates": pages.candidates(request.actor, instance, result.lines),
        "aside": aside,
        "words": words,
        "state": state,
        "panels": panels_of(request, "shortlist", instance),
    }
    return render_page(request, "shortlists/reseau_shortlist.html", context)


@limited(COSTLY)
@role_required("reseau")
def compare(request: Request, need: int) -> HttpResponse:
    """Show at most four experts side by side for one need, including ineligible ones."""
    instance = need_or_404(request, need)
    chosen = [pk for each in request.GET.getlist("avec") if (pk := number_of(each))]
    lines = engine.lines_of(instance, list(dict.fromkeys(chosen))[:COMPARED])
    candidates = pages.candidates(request.actor, instance, lines)
    context = {
        "need": instance,
        "lines": lines,
        "rows": pages.comparison(lines),
        "columns": ["", *(line.expert.person.name for line in lines)],
        "buttons": [
            (each["line"], verb) for each in candidates for verb in each["verbs"] if verb.main
        ],
    }
    return render_page(request, "shortlists/reseau_compare.html", context)


def need_or_404(request: Request, pk: int) -> Any:
    """Return a selected need of this network, or 404."""
    related = ("call", "network", "association")
    needs = selectors.searched(request.actor).select_related(*related)
    instance = get_object_or_404(needs, pk=pk)
    require(rules.can_search(request.actor, instance))
    return instance
