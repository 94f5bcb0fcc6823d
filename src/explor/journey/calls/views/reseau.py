"""Pages on which a network lists, reads, creates and edits its calls; `verbs` has the actions."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from explor.actors.networks.models import Network
from explor.ground.audit.views import file_of_list
from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.forms import BaseForm
from explor.ground.ui.parts import panels_of
from explor.ground.ui.submit import create, submit

from .. import actions, pages, rules, selectors
from ..forms import CallEdit, CallNew
from ..models import Call
from .verbs import VERBS, load


@role_required("reseau")
def calls(request: Request) -> HttpResponse:
    """List the calls of the network and those proposed to it, or return its calls as a file."""
    every = selectors.calls_of(request.actor)
    if file := file_of_list(request, "calls", pages.EXPORTED, every):
        return file
    rows = Paginator(every, 20).get_page(request.GET.get("page"))
    context = {
        "rows": rows,
        "columns": ["Appel", "État", "Clôture", "Besoins"],
        "proposed": pages.proposed_to(request.actor),
    }
    return render_page(request, "calls/reseau_calls.html", context)


@role_required("reseau")
def call(request: Request, pk: int) -> HttpResponse:
    """Show a call to its network: all its terms, the possible actions, panels of other packages."""
    instance = load(request, pk)
    context = {
        "call": instance,
        "dates": pages.dates_of(instance),
        "criteria": instance.criteria.all(),
        "envelopes": instance.envelopes.select_related("funder"),
        "papers": pages.paper_lines(instance),
        "calendar": pages.calendar_of(instance),
        "sharing": selectors.sharing(instance),
        "held": " ".join(rules.missing_to_change(instance)),
        "verbs": VERBS.buttons(request.actor, instance),
        "panels": panels_of(request, "call", instance),
    }
    return render_page(request, "calls/reseau_call.html", context)


@role_required("reseau")
def new(request: Request) -> HttpResponse:
    """Create a draft call with the example grid."""
    network = get_object_or_404(Network, pk=request.actor.scope)
    require(rules.can_draft(request.actor, network))
    form = CallNew(request.POST or None)

    def run() -> str:
        made = actions.draft(network, by=request.actor, **form.values)
        return pages.url_of(request.actor, made)

    if url := create(request, form, run):
        return done_redirect(
            request, url, "L’appel est préparé. Relisez sa grille, puis ouvrez-le."
        )
    return _form(request, form, "Préparer un appel")


@role_required("reseau")
def edit(request: Request, pk: int) -> HttpResponse:
    """Edit the texts, dates, durations and limits of a call."""
    instance = load(request, pk)
    require(rules.can_set(request.actor, instance))
    form = CallEdit(request.POST or None, subject=instance)
    if submit(
        request,
        form,
        lambda: actions.set_call(
            instance, by=request.actor, changes=form.values, expected_version=form.expected_version
        ),
    ):
        return done_redirect(request, pages.url_of(request.actor, instance), "C’est enregistré.")
    return _form(request, form, instance.title, pages.lead_of_edit(instance), instance)


def _form(
    request: Request, form: BaseForm, title: str, lead: str = "", instance: Call | None = None
) -> HttpResponse:
    context = {"form": form, "title": title, "lead": lead, "call": instance}
    return render_page(request, "calls/reseau_form.html", context)
