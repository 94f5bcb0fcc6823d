"""Pages of the disposal lists of a public body, for its directors."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from explor.actors.networks.models import Network
from explor.ground.files.views.files import download
from explor.ground.http.access import require
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.docx import MIME
from explor.ground.ui.export import csv_file
from explor.ground.workflow.pages import Verb, VerbPages

from . import actions, pages, rules, selectors
from .forms import EndorseForm, PrepareForm
from .models import Disposal
from .states import DISPOSAL


def load_network(request: Request) -> Network:
    """Return the network of the request, or raise 404."""
    return get_object_or_404(Network, pk=request.actor.scope)


def load(request: Request, pk: int) -> Disposal:
    """Return a disposal list of the request's network, for its directors.

    404 for the list of another network, 403 for an officer who is not a director.
    """
    disposal = get_object_or_404(selectors.disposals_of(request.actor), pk=pk)
    require(rules.can_direct(request.actor, disposal.network_id))
    return disposal


def _no_argument(network: Network) -> list[Any]:
    return []


PREPARE = VerbPages(
    "archives",
    "archives/",
    load=load_network,
    back=pages.list_url,
    crumb=lambda network: "Archives",
    roles=("reseau",),
    args_of=_no_argument,
    verbs=(
        Verb(
            actions.prepare_disposal,
            "preparer",
            label="Préparer un bordereau",
            form=PrepareForm,
            versioned=False,
            can=rules.can_prepare,
            effects=pages.effects_of_prepare,
            leads_to_result=pages.url_of,
            done="Le bordereau est prêt. Envoyez-le aux archives.",
        ),
    ),
)

VERBS = VerbPages(
    "archives",
    "archives/bordereaux/<int:pk>/",
    load=load,
    back=pages.url_of,
    workflow=DISPOSAL,
    can=rules.can_act,
    crumb=str,
    verbs=(
        Verb(
            actions.endorse_disposal,
            "visa",
            form=EndorseForm,
            effects=pages.effects_of_endorse,
            done="Le visa est enregistré.",
        ),
        Verb(
            actions.refuse_disposal,
            "refus",
            effects=pages.effects_of_refuse,
            done="Le refus est noté. Rien ne s’efface.",
        ),
        Verb(
            actions.stop_disposal,
            "arret",
            effects=pages.effects_of_stop,
            done="Le bordereau est arrêté.",
        ),
    ),
)


@role_required("reseau")
def disposals(request: Request) -> HttpResponse:
    """Show the disposal lists of the network to its directors, the latest first; 403 for others."""
    network = load_network(request)
    require(rules.can_direct(request.actor, network.pk))
    rows = Paginator(selectors.disposals_of(request.actor), 30).get_page(request.GET.get("page"))
    context = {
        "network": network,
        "rows": rows,
        "columns": ["Bordereau", "Préparé le", "État", "Visa"],
        "verbs": PREPARE.buttons(request.actor, network) if network.public_body else [],
    }
    return render_page(request, "archives/disposals.html", context)


@role_required("reseau")
def disposal(request: Request, pk: int) -> HttpResponse:
    """Show the lines of a disposal list, its files and the actions available."""
    instance = load(request, pk)
    context = {
        "disposal": instance,
        "tone": pages.TONES[instance.state],
        "facts": pages.facts_of(instance),
        "columns": pages.COLUMNS,
        "rows": [row[:-1] for row in pages.rows_of(instance)],
        "verbs": VERBS.buttons(request.actor, instance),
    }
    return render_page(request, "archives/disposal.html", context)


@role_required("reseau")
def document(request: Request, pk: int) -> HttpResponse:
    """Download a disposal list as a Word document, with a blank for the archives' approval."""
    instance = load(request, pk)
    name = f"bordereau-{instance.file_number}.docx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(pages.document_of(instance), content_type=MIME, headers=headers)


@role_required("reseau")
def table(request: Request, pk: int) -> HttpResponse:
    """Download a disposal list as a table."""
    instance = load(request, pk)
    columns = [*pages.COLUMNS, "Missions"]
    return csv_file(f"bordereau-{instance.file_number}", columns, pages.rows_of(instance))


@role_required("reseau")
def visa(request: Request, pk: int) -> HttpResponseBase:
    """Download the scanned approval of a disposal list, or raise 404 when there is none."""
    instance = load(request, pk)
    if instance.visa is None:
        raise Http404
    return download(instance.visa, by=request.actor)
