"""Public views of the open data: the list of files, the catalogue, the files."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from explor.ground.http.access import public
from explor.ground.http.conditional_get import conditional_get
from explor.ground.http.views import render_page

from .. import actions, pages, selectors

ANYONE = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"}
WAIT = {"Retry-After": str(actions.SOON * 2)} | ANYONE


@public
@require_safe
@conditional_get(selectors.version)
def datasets(request: HttpRequest) -> HttpResponse:
    """Show the list of files, with their formats and the meaning of their columns."""
    context = {"shelves": pages.shelves(), "licence": pages.LICENCE}
    return render_page(request, "open_data/datasets.html", context)


@public
@require_safe
@conditional_get(selectors.version)
def catalogue(request: HttpRequest) -> HttpResponse:
    """Send the catalogue of the files in DCAT, for data portals."""
    return JsonResponse(
        pages.dcat(),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        content_type="application/ld+json",
        headers={"Access-Control-Allow-Origin": "*"},
    )


@public
@require_safe
def file(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a file, or 304 if the client has it.

    Respond 404 for an unknown name, or a file without rows that its standard forbids; 503 when the
    file is not written yet, or may contain a withdrawn sheet.
    """
    if name not in pages.WRITERS:
        raise Http404
    dataset = selectors.dataset(name)
    if dataset is None or pages.withdrawn_since(dataset):
        return _not_ready()
    if pages.refused(dataset):
        raise Http404("Ce fichier n’a encore rien à dire.")
    held = {
        "ETag": f'"{dataset.sha256[:32]}"',
        "Last-Modified": http_date(dataset.made_at.timestamp()),
    }
    if unchanged := get_conditional_response(request, etag=held["ETag"]):
        return unchanged
    try:
        content = default_storage.open(str(dataset.file.name))
    except FileNotFoundError:  # replaced since the query, or absent from the backup restored
        return _not_ready()
    given = {"filename": name, "content_type": pages.MIMES[name.rpartition(".")[2]]}
    return FileResponse(content, **given, as_attachment=True, headers=held | ANYONE)


def _not_ready() -> HttpResponse:
    text = "Ce fichier se prépare. Revenez dans une minute."
    return HttpResponse(text, "text/plain; charset=utf-8", 503, headers=WAIT)
