"""Pages where the directors of a network adopt and rewrite the clauses of its papers."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.actors.networks.models import Network
from explor.ground.http.limits import COSTLY, limited
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.forms import BaseForm
from explor.ground.workflow.pages import Verb, VerbPages
from explor.journey.leave_readings.engine import all_papers

from .. import actions, rules, selectors
from ..forms import ClauseForm
from ..models import ClauseText
from ..pages import templates as pages
from ..selectors import NetworkPaper

ROUTE = "le-reseau/papiers/<slug:paper>/"


def load_paper(request: Request, paper: str) -> NetworkPaper:
    """Return the paper with this slug and the texts of the actor's network, or raise 404."""
    network = get_object_or_404(Network, pk=request.actor.scope)
    for each in all_papers():
        if pages.slug_of_paper(each) == paper:
            return selectors.network_paper(network, each)
    raise Http404


def load_clause(request: Request, paper: str, clause: str) -> ClauseText:
    """Return the text that the actor's network has for the clause with this slug, or raise 404.

    The row is unsaved when the network has written nothing.
    """
    written = load_paper(request, paper)
    for each, row in zip(written.paper.clauses, written.texts, strict=True):
        if pages.slug_of_clause(each) == clause:
            return row
    raise Http404


def _slugs(text: ClauseText) -> list[str]:
    paper = {each.key: each for each in all_papers()}[text.paper]
    return [pages.slug_of_paper(paper), pages.slug_of_clause(rules.clause_of(text))]


CLAUSES = VerbPages(
    "releases",
    f"{ROUTE}<slug:clause>/",
    load=load_clause,
    back=lambda actor, text: reverse(
        "releases:reseau_network_paper", args=[actor.key, _slugs(text)[0]]
    ),
    can=lambda actor, verb, text: rules.can_edit_papers(actor, text.network_id),
    crumb=lambda text: "Le papier",
    args_of=_slugs,
    roles=("reseau",),
    verbs=(
        Verb(
            actions.adopt_clause,
            "modifier",
            label="Modifier ou adopter",
            title=pages.title_of,
            form=ClauseForm,
            effects=pages.effects_of_adopt_clause,
            done="Le texte est adopté.",
        ),
        Verb(
            actions.restore_clause,
            "reprendre",
            label="Reprendre l’exemple",
            title=pages.title_of,
            can=lambda actor, text: (
                text.adopted_at is not None and rules.can_edit_papers(actor, text.network_id)
            ),
            effects=pages.effects_of_restore_clause,
            done="L’exemple d’Explor est repris.",
        ),
    ),
)
PAPERS = VerbPages(
    "releases",
    ROUTE,
    load=load_paper,
    back=lambda actor, paper: pages.url_of_paper(actor, paper.paper),
    crumb=lambda paper: paper.paper.title,
    args_of=lambda paper: [pages.slug_of_paper(paper.paper)],
    roles=("reseau",),
    verbs=(
        Verb(
            actions.adopt_paper,
            "adopter",
            label="Adopter tout le papier",
            form=BaseForm,
            versioned=False,
            can=lambda actor, paper: (
                bool(paper.examples) and rules.can_edit_papers(actor, paper.network.pk)
            ),
            effects=pages.effects_of_adopt_paper,
            done="Le papier est adopté.",
        ),
    ),
)


@role_required("reseau")
def network_papers(request: Request) -> HttpResponse:
    """List the papers of the leave schemes, with how many clauses of each the network adopted."""
    network = get_object_or_404(Network, pk=request.actor.scope)
    context = {
        "network": network,
        "back": reverse("networks:reseau_network", args=[request.actor.key]),
        "rows": pages.paper_rows(request.actor, network),
        "columns": ["Papier", "Cadres", "Clauses adoptées"],
    }
    return render_page(request, "releases/network_papers.html", context)


@role_required("reseau")
def network_paper(request: Request, paper: str) -> HttpResponse:
    """Show a paper and the text of each clause: adopted by the network, or the example."""
    written, actor = load_paper(request, paper), request.actor
    context = {
        "paper": written.paper,
        "back": reverse("releases:reseau_network_papers", args=[actor.key]),
        "signers": pages.signers_of(written.paper),
        "schemes": pages.schemes_of(written.paper),
        "preview": pages.url_of_paper(actor, written.paper, "network_paper_preview"),
        "verbs": PAPERS.buttons(actor, written),
        "rows": [(row, CLAUSES.buttons(actor, row["row"])) for row in pages.clause_rows(written)],
    }
    return render_page(request, "releases/network_paper.html", context)


@limited(COSTLY)
@role_required("reseau")
def network_paper_preview(request: Request, paper: str) -> HttpResponse:
    """Return a paper of the network as a PDF with placeholder values, without any real person."""
    return HttpResponse(
        pages.preview(load_paper(request, paper)),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="apercu-{paper}.pdf"'},
    )
