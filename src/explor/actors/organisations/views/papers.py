"""The papers of a verification: joined by the organisation or by its network, read by both."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.actors.networks.models import PaperKind
from explor.ground.files.views.files import download
from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.ui.submit import create, submit
from explor.ground.workflow.forms import ActionForm

from .. import actions, queries, rules
from ..forms import PaperForm
from ..models import Kind, MembershipPaper, Organisation


def papers_panel(request: Request, found: Organisation) -> dict[str, object]:
    """What the panel of the papers needs, under the role of the page."""
    role, key = request.actor.role, request.actor.key
    org = [found.pk] if role == "reseau" else []
    ours = "organisations" if role == "reseau" else "notre-organisation"
    needed = found.network.papers_needed if found.kind == Kind.ASSOCIATION else []
    return {
        "papers": queries.papers_of(found),
        "needed": [PaperKind(kind).label for kind in needed],
        "paper_add": reverse(f"organisations:{role}_paper_add", args=[key, *org]),
        "paper_urls": f"/{role}/{key}/{ours}/justificatifs/",
    }


def add(request: Request, org: int | None = None) -> HttpResponse:
    """Join a paper; an officer may note one seen on paper."""
    visible = Organisation.objects.visible_to(request.actor)
    found = get_object_or_404(visible, pk=org or request.actor.scope)
    require(rules.can_edit(request.actor, found))
    officer = request.actor.role == "reseau"
    form = PaperForm(
        request.POST or None, request.FILES or None, organisation=found, officer=officer
    )

    def act() -> str:
        given = {
            name: value for name, value in form.cleaned_data.items() if name != "idempotency_key"
        }
        actions.hand_paper(found, by=request.actor, **given)
        return _home(request, found)

    if url := create(request, form, act):
        return done_redirect(request, url, "La pièce est enregistrée.")
    context = {"form": form, "organisation": found, "home": _home(request, found)}
    return render_page(request, "organisations/paper_add.html", context)


def read(request: Request, pk: int) -> HttpResponseBase:
    """The file itself."""
    joined = _papers(request).exclude(document=None).select_related("document")
    paper = get_object_or_404(joined, pk=pk)
    return download(paper.document, by=request.actor)  # type: ignore[arg-type]


def remove(request: Request, pk: int) -> HttpResponse:
    """Take back a paper joined by mistake; asked first, with a reason."""
    found = _papers(request).select_related("organisation", "document")
    paper = get_object_or_404(found, pk=pk)
    owner = paper.organisation
    form = ActionForm(request.POST or None, subject=owner, needs_reason=True)
    if submit(
        request, form, lambda: actions.remove_paper(paper, by=request.actor, reason=form.why)
    ):
        return done_redirect(request, _home(request, owner), "La pièce est retirée.")
    context = {"form": form, "paper": paper, "home": _home(request, owner)}
    return render_page(request, "organisations/paper_remove.html", context)


def _papers(request: Request) -> "QuerySet[MembershipPaper]":
    own = Organisation.objects.visible_to(request.actor)
    return MembershipPaper.objects.filter(organisation__in=own)


def _home(request: Request, found: Organisation) -> str:
    if request.actor.role == "reseau":
        return reverse("organisations:reseau_organisation", args=[request.actor.key, found.pk])
    return reverse(f"organisations:{found.kind}_profile", args=[found.slug])
