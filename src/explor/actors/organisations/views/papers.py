"""Pages of verification papers, for the members of an organisation and for its network."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.actors.networks.models import PaperKind
from explor.ground.files.pages import storage_line_of
from explor.ground.files.views.files import download
from explor.ground.http.access import require
from explor.ground.http.actor import Actor
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.ui.submit import create
from explor.ground.workflow.pages import Verb, VerbPages

from .. import actions, pages, rules
from ..forms import PaperForm
from ..models import Kind, MembershipPaper, Organisation


def papers_panel(request: Request, organisation: Organisation) -> dict[str, object]:
    """Return the context of the panel of papers, for the current role.

    Keys: `papers` (rows), `storage` (the remaining space, in French), `needed` (labels of the kinds
    required, [] for an employer), `paper_add` (a URL), `paper_urls` (the start of the URL of each
    paper).
    """
    role, key = request.actor.role, request.actor.key
    org = [organisation.pk] if role == "reseau" else []
    ours = "organisations" if role == "reseau" else "notre-organisation"
    needed = organisation.network.papers_needed if organisation.kind == Kind.ASSOCIATION else []
    return {
        "papers": pages.paper_rows(organisation),
        "storage": storage_line_of(organisation),
        "needed": [PaperKind(kind).label for kind in needed],
        "paper_add": reverse(f"organisations:{role}_paper_add", args=[key, *org]),
        "paper_urls": f"/{role}/{key}/{ours}/justificatifs/",
    }


def add(request: Request, org: int | None = None) -> HttpResponse:
    """Add a verification paper to the organisation `org`, by default that of the current role.

    An officer may add a paper without file, which attests that the officer has seen the original.
    """
    visible = Organisation.objects.visible_to(request.actor)
    owner = get_object_or_404(visible, pk=org or request.actor.scope)
    require(rules.can_edit(request.actor, owner))
    officer = request.actor.role == "reseau"
    form = PaperForm(
        request.POST or None, request.FILES or None, organisation=owner, officer=officer
    )

    def save() -> str:
        given = {
            name: value for name, value in form.cleaned_data.items() if name != "idempotency_key"
        }
        actions.hand_paper(owner, by=request.actor, **given)
        return pages.url_of(request.actor, owner)

    if url := create(request, form, save):
        return done_redirect(request, url, "La pièce est enregistrée.")
    home, storage = pages.url_of(request.actor, owner), storage_line_of(owner)
    context = {"form": form, "organisation": owner, "home": home, "storage": storage}
    return render_page(request, "organisations/paper_add.html", context)


def read(request: Request, pk: int) -> HttpResponseBase:
    """Download the file of a verification paper."""
    papers = _papers(request).exclude(document=None).select_related("document")
    paper = get_object_or_404(papers, pk=pk)
    return download(paper.document, by=request.actor)  # type: ignore[arg-type]


def load(request: Request, pk: int) -> MembershipPaper:
    """Return a paper of an organisation that the current role may see, else 404."""
    papers = _papers(request).select_related("organisation__network", "document")
    return get_object_or_404(papers, pk=pk)


def removal_options(actor: Actor, paper: MembershipPaper) -> dict[str, Any]:
    """Return the form arguments: the subject is the organisation, and a reason is required."""
    return {"subject": paper.organisation, "needs_reason": True}


def removal(route: str, roles: Sequence[str]) -> VerbPages:
    """Return the confirmation pages that remove a paper, at the URL `route`, for these roles."""
    return VerbPages(
        "organisations",
        route,
        load=load,
        back=pages.url_of_paper,
        roles=roles,
        crumb=pages.crumb_of_paper,
        verbs=(
            Verb(
                actions.remove_paper,
                "retirer",
                url_name="paper_remove",
                label="Retirer la pièce",
                title=pages.title_of_remove_paper,
                danger=True,
                options=removal_options,
                versioned=False,
                can=rules.can_edit_paper,
                effects=pages.effects_of_remove_paper,
                done="La pièce est retirée.",
            ),
        ),
    )


OWN_REMOVAL = removal("notre-organisation/justificatifs/<int:pk>/", ("association", "employeur"))
NETWORK_REMOVAL = removal("organisations/justificatifs/<int:pk>/", ("reseau",))


def _papers(request: Request) -> "QuerySet[MembershipPaper]":
    own = Organisation.objects.visible_to(request.actor)
    return MembershipPaper.objects.filter(organisation__in=own)
