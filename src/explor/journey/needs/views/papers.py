"""A need begun from another, seen as others will, taken away as a file."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import slugify

from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.submit import create

from .. import actions, pages, rules, selectors
from ..forms import CopyForm
from ..models import Need
from ..pages import papers
from ..rules import SCREENS


@role_required("association")
def duplicate(request: Request, pk: int) -> HttpResponse:
    """Begin again from this need, on a call that receives."""
    need = _load(request, pk)
    require(rules.can_duplicate(request.actor, need))
    form = CopyForm(request.POST or None, subject=need)

    def run() -> str:
        data = form.cleaned_data
        made = actions.duplicate(need, by=request.actor, call=data["call"], title=data["title"])
        first = next(iter(SCREENS))
        return reverse("needs:association_screen", args=[request.actor.key, made.pk, first])

    if url := create(request, form, run):
        return done_redirect(
            request, url, "Tout est repris, sauf les dates : relisez chaque écran."
        )
    context = {"form": form, "need": need, "label": "Reprendre dans un nouveau besoin"}
    return render_page(request, "needs/association_act.html", context | {"danger": False})


@role_required("association")
def preview(request: Request, pk: int) -> HttpResponse:
    """What the public and the experts will see."""
    need = _load(request, pk)
    context = {
        "need": need,
        "public": papers.public_facts(need),
        "expert": pages.facts_of(need),
    }
    return render_page(request, "needs/association_preview.html", context)


def _export(request: Request, pk: int, form: str) -> HttpResponse:
    """The terms of reference as a file."""
    if form not in papers.MIMES:
        raise Http404
    need = _load(request, pk)
    name = f"termes-de-reference-{slugify(need.title)[:60] or need.pk}.{form}"
    return HttpResponse(
        papers.terms_of_reference(need, form),
        content_type=papers.MIMES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _load(request: Request, pk: int) -> Need:
    return get_object_or_404(selectors.with_related(Need.objects.visible_to(request.actor)), pk=pk)


association_export = role_required("association")(_export)
reseau_export = role_required("reseau")(_export)
