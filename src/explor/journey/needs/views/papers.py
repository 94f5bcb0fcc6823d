"""A need begun from another, seen as others will, taken away as a file."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import slugify

from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, create, page

from .. import actions, queries
from ..forms import CopyForm
from ..models import Need
from ..queries import papers
from ..rules import SCREENS


@wear("association")
def duplicate(request: Request, pk: int) -> HttpResponse:
    """Begin again from this need, on a call that receives."""
    found = _found(request, pk)
    form = CopyForm(request.POST or None, subject=found)

    def act() -> str:
        data = form.cleaned_data
        made = actions.duplicate(found, by=request.actor, call=data["call"], title=data["title"])
        first = next(iter(SCREENS))
        return reverse("needs:association_screen", args=[request.actor.key, made.pk, first])

    if url := create(request, form, act):
        return answer(request, url, "Tout est repris, sauf les dates : relisez chaque écran.")
    context = {"form": form, "need": found, "label": "Reprendre dans un nouveau besoin"}
    return page(request, "needs/association_act.html", context | {"danger": False})


@wear("association")
def preview(request: Request, pk: int) -> HttpResponse:
    """What the public and the experts will see."""
    found = _found(request, pk)
    context = {
        "need": found,
        "public": papers.public_facts(found),
        "expert": queries.facts_of(found),
    }
    return page(request, "needs/association_preview.html", context)


def _export(request: Request, pk: int, form: str) -> HttpResponse:
    """The terms of reference as a file."""
    if form not in papers.MIMES:
        raise Http404
    found = _found(request, pk)
    name = f"termes-de-reference-{slugify(found.title)[:60] or found.pk}.{form}"
    return HttpResponse(
        papers.terms_of_reference(found, form),
        content_type=papers.MIMES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _found(request: Request, pk: int) -> Need:
    return get_object_or_404(queries.whole(Need.objects.visible_to(request.actor)), pk=pk)


association_export = wear("association")(_export)
reseau_export = wear("reseau")(_export)
