"""The files of open data, for anyone."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from explor.ground.http.access import public
from explor.ground.http.conditional_get import conditional_get
from explor.ground.http.views import render_page

from .. import actions, queries
from ..models import Dataset

ANYONE = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"}
WAIT = {"Retry-After": str(actions.SOON * 2)} | ANYONE


@public
@require_safe
@conditional_get(queries.version)
def datasets(request: HttpRequest) -> HttpResponse:
    """What may be taken away, in which forms, and how each is to be read."""
    context = {"shelves": queries.shelves(), "licence": queries.LICENCE}
    return render_page(request, "open_data/datasets.html", context)


@public
@require_safe
@conditional_get(queries.version)
def catalogue(request: HttpRequest) -> HttpResponse:
    """The same list for the portals that harvest it (DCAT)."""
    return JsonResponse(
        queries.dcat(),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        content_type="application/ld+json",
        headers={"Access-Control-Allow-Origin": "*"},
    )


@public
@require_safe
def file(request: HttpRequest, name: str) -> HttpResponse:
    """A whole file; nothing of it while it holds a sheet withdrawn a moment ago."""
    if name not in queries.WRITERS:
        raise Http404
    found = Dataset.objects.defer("remarks").filter(name=name).first()
    if found is None or queries.withdrawn_since(found):
        text = "Ce fichier se prépare. Revenez dans une minute."
        return HttpResponse(text, "text/plain; charset=utf-8", 503, headers=WAIT)
    if queries.refused(found):
        raise Http404("Ce fichier n’a encore rien à dire.")
    held = {"ETag": f'"{found.sha256[:32]}"', "Last-Modified": http_date(found.made_at.timestamp())}
    if unchanged := get_conditional_response(request, etag=held["ETag"]):
        return unchanged
    return FileResponse(  # type: ignore[return-value]
        default_storage.open(str(found.file.name)),
        content_type=queries.MIMES[name.rpartition(".")[2]],
        filename=name,
        as_attachment=True,
        headers=held | ANYONE,
    )
