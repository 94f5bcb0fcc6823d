"""The open API, version 1: read only, without a key, without personal data."""

from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Path, Query, Status
from ninja.errors import ValidationError

from explor.ground.http.access import public
from explor.ground.http.conditional_get import conditional_get
from explor.ground.http.limits import API, limited
from explor.ground.http.views import render_page
from explor.ground.reference.selectors import lists, terms
from explor.public.directory import selectors as directory

from .. import pages, schemas, selectors

TEXT = (
    "Lecture libre et sans clé des fiches projet, des missions à pourvoir, des organisations et "
    "des listes de référence. Rien de personnel n’y figure. Les réponses portent ETag et "
    "Last-Modified ; les pages se suivent par le champ « suivant »."
)
api = NinjaAPI(
    title="Explor, données ouvertes",
    version="1.0.0",
    description=TEXT,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-v1",
)
FAULTS = {422: schemas.Fault}
ANYONE = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag"}
PREFLIGHT = {
    "Allow": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """Respond 422, with the error of each invalid parameter in French."""
    named = ([part for part in each["loc"] if isinstance(part, str)] for each in fault.errors)
    pairs = zip(named, fault.errors, strict=True)
    detail = "; ".join(f"{names[-1]} : {schemas.formatted(each)}" for names, each in pairs)
    return api.create_response(request, {"detail": detail}, status=422)


@api.exception_handler(Http404)
def missing(request: HttpRequest, fault: Http404) -> HttpResponse:
    return api.create_response(request, {"detail": "Rien à cette adresse."}, status=404)


@api.get("/projets", response={200: schemas.SheetPage} | FAULTS, summary="Fiches projet")
def sheets(request: Any, query: Query[schemas.SheetQuery]) -> Any:
    """Les fiches publiées qui correspondent aux critères, par défaut les plus récentes d’abord."""
    page = pages.sheets(query.filters(), limit=query.limit, cursor=query.cursor, at=request.version)
    # Not validated here: that took a quarter of the response time. Tests check rows by the schema.
    return JsonResponse(page)


@api.get(
    "/projets/{slug}",
    response={200: schemas.SheetDetail, 404: schemas.Fault, 410: schemas.Fault} | FAULTS,
    summary="Une fiche projet",
)
def sheet(request: HttpRequest, slug: Path[schemas.Name]) -> Any:
    """Une fiche entière, avec ses missions."""
    row = directory.find_sheet(slug)
    if isinstance(row, str):
        row = directory.find_sheet(row)
    if row is None or isinstance(row, str):
        return Status(410, {"detail": "Cette fiche a été retirée."})
    return pages.sheet(row)


@api.get("/missions", response={200: schemas.MissionPage} | FAULTS, summary="Missions à pourvoir")
def missions(request: HttpRequest, query: Query[schemas.Paging]) -> Any:
    """Les missions annoncées qui cherchent quelqu’un."""
    return pages.missions(limit=query.limit, cursor=query.cursor)


@api.get(
    "/organisations", response={200: schemas.OrganisationPage} | FAULTS, summary="Organisations"
)
def organisations(request: HttpRequest, query: Query[schemas.Paging]) -> Any:
    """Les associations qui ont une fiche publiée."""
    return pages.organisations(limit=query.limit, cursor=query.cursor)


@api.get("/reseaux", response={200: list[schemas.NetworkRow]} | FAULTS, summary="Réseaux régionaux")
def networks(request: HttpRequest) -> Any:
    """Les réseaux du dispositif."""
    return pages.networks()


@api.get(
    "/chiffres",
    response={200: schemas.FiguresRow, 404: schemas.Fault} | FAULTS,
    summary="Chiffres publics",
)
def figures(request: HttpRequest, query: Query[schemas.FiguresQuery]) -> Any:
    """Les tableaux de la page des chiffres ; ce qui ferait deviner une personne n’y est pas."""
    tables = pages.figures(query.annee, query.reseau)
    if tables is None:
        raise Http404
    return tables


@api.get(
    "/referentiels/{nom}",
    response={200: list[schemas.TermRow], 404: schemas.Fault} | FAULTS,
    summary="Liste de référence",
)
def reference(request: HttpRequest, nom: Path[schemas.Name]) -> Any:
    """Les codes et les libellés d’une liste : countries, sectors, sdgs, zones..."""
    if nom not in lists():
        raise Http404
    return [
        {"code": each.code, "libelle": each.label, "parent": each.parent or None}
        for each in terms(nom).values()
    ]


@public
@require_safe
@conditional_get(directory.index_revision)
def described(request: HttpRequest) -> HttpResponse:
    """Send the OpenAPI 3.1 description of the API as JSON."""
    return JsonResponse(schema(), headers=ANYONE)


def schema() -> dict[str, Any]:
    """Return the OpenAPI description of the API."""
    return dict(api.get_openapi_schema(path_prefix="/api/v1/"))


@public
@require_safe
@conditional_get(directory.index_revision)
def human(request: HttpRequest) -> HttpResponse:
    """Show the reference of the API as an HTML page."""
    calls = pages.calls_of(schema())
    return render_page(
        request, "api/reference.html", {"calls": calls, "lists": lists(), "text": TEXT}
    )


VERSIONS = {  # of the responses that do not depend on the journal alone
    **dict.fromkeys(("sheets", "sheet", "reference"), directory.index_revision),
    "figures": selectors.version_of_figures,
}


def opened(call: URLPattern) -> Any:
    """Return the public view of an endpoint: open to any site (CORS), with conditional requests.

    The view responds 422 to unknown query parameters, 304 when the client's copy is current, and is
    limited to a number of requests per client.
    """
    view = conditional_get(VERSIONS.get(str(call.name), selectors.version))(call.callback)
    path = f"/api/v1/{call.pattern}".replace("<", "{").replace(">", "}")

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=ANYONE | PREFLIGHT)
        if request.method == "HEAD":
            request.method = "GET"  # the server leaves out the body
        if unknown := set(request.GET) - known(path):
            return _unknown(sorted(unknown), known(path))
        response: HttpResponse = view(request, *args, **kwargs)
        changed = http_date(pages.changed_at(request.version))  # type: ignore[attr-defined]
        for header, value in (*ANYONE.items(), ("Last-Modified", changed)):
            response[header] = value
        return response

    answer.__module__, answer.__qualname__ = __name__, f"opened.{call.name}"
    return limited(API)(public(answer))


@cache
def known(path: str) -> frozenset[str]:
    """Return the names of the query parameters that an endpoint accepts.

    `path` is written as in the schema, as « /api/v1/projets/{slug} »; KeyError for any other.
    """
    parameters = schema()["paths"][path]["get"]["parameters"]
    return frozenset(each["name"] for each in parameters if each["in"] == "query")


def _unknown(names: list[str], known: frozenset[str]) -> HttpResponse:
    """Respond 422 and name the unknown parameters, since a search without them would be wider."""
    taken = f"les siens sont {', '.join(sorted(known))}" if known else "cet appel n’en prend aucun"
    detail = f"{', '.join(name[:60] for name in names[:5])} : paramètre inconnu ; {taken}"
    return JsonResponse({"detail": detail}, status=422, headers=ANYONE)
