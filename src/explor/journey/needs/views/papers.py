"""Preview of a need for its readers, and its terms of reference as a file."""

from django.http import Http404, HttpResponse
from django.utils.text import slugify

from explor.ground.http.limits import COSTLY, limited
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required

from .. import pages
from ..pages import papers
from .verbs import load


@role_required("association")
def preview(request: Request, pk: int) -> HttpResponse:
    """Show what the public and the experts will see of the need."""
    need = load(request, pk)
    context = {
        "need": need,
        "public": papers.public_facts(need),
        "expert": pages.facts_of(need),
    }
    return render_page(request, "needs/association_preview.html", context)


@limited(COSTLY)
def _export(request: Request, pk: int, form: str) -> HttpResponse:
    """Return the terms of reference as a file; `form` is "pdf" or "docx", 404 otherwise."""
    if form not in papers.MIMES:
        raise Http404
    need = load(request, pk)
    name = f"termes-de-reference-{slugify(need.title)[:60] or need.pk}.{form}"
    return HttpResponse(
        papers.terms_of_reference(need, form),
        content_type=papers.MIMES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


association_export = role_required("association")(_export)
reseau_export = role_required("reseau")(_export)
