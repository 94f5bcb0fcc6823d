"""The open API, version 1: read only, without a key, nothing personal."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.http import http_date
from ninja import NinjaAPI, Path, Query
from ninja.errors import ValidationError

from explor.ground.common.access import public
from explor.ground.common.freshness import fresh
from explor.ground.common.views import page
from explor.ground.reference.queries import lists, terms
from explor.public.directory import queries as directory

from .. import queries, schemas

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


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """What is wrong in what was asked, by the name of the parameter."""
    named = ([part for part in each["loc"] if isinstance(part, str)] for each in fault.errors)
    pairs = zip(named, fault.errors, strict=True)
    told = "; ".join(f"{names[-1]} : {schemas.told(each)}" for names, each in pairs)
    return api.create_response(request, {"detail": told}, status=422)


@api.exception_handler(Http404)
def missing(request: HttpRequest, fault: Http404) -> HttpResponse:
    return api.create_response(request, {"detail": "Rien à cette adresse."}, status=404)


@api.get("/projets", response={200: schemas.SheetPage} | FAULTS, summary="Fiches projet")
def sheets(request: Any, asked: Query[schemas.SheetQuery]) -> Any:
    """Les fiches publiées qui répondent, les plus récentes d’abord."""
    found = queries.sheets(
        asked.asked(), limit=asked.limit, cursor=asked.cursor, at=request.version
    )
    # Rows of our own, that the tests hold to the schema: to check them each time cost a quarter.
    return JsonResponse(found)


@api.get(
    "/projets/{slug}",
    response={200: schemas.SheetWhole, 404: schemas.Fault, 410: schemas.Fault} | FAULTS,
    summary="Une fiche projet",
)
def sheet(request: HttpRequest, slug: Path[schemas.Name]) -> Any:
    """Une fiche entière, avec ses missions."""
    found = directory.find_sheet(slug)
    if isinstance(found, str):
        found = directory.find_sheet(found)
    if found is None or isinstance(found, str):
        return 410, {"detail": "Cette fiche a été retirée."}
    return queries.sheet(found)


@api.get("/missions", response={200: schemas.MissionPage} | FAULTS, summary="Missions à pourvoir")
def missions(request: HttpRequest, asked: Query[schemas.Paging]) -> Any:
    """Les missions annoncées qui cherchent quelqu’un."""
    return queries.missions(limit=asked.limit, cursor=asked.cursor)


@api.get(
    "/organisations", response={200: schemas.OrganisationPage} | FAULTS, summary="Organisations"
)
def organisations(request: HttpRequest, asked: Query[schemas.Paging]) -> Any:
    """Les associations qui ont une fiche publiée."""
    return queries.organisations(limit=asked.limit, cursor=asked.cursor)


@api.get("/reseaux", response=list[schemas.NetworkRow], summary="Réseaux régionaux")
def networks(request: HttpRequest) -> Any:
    """Les réseaux du dispositif."""
    return queries.networks()


@api.get(
    "/chiffres",
    response={200: schemas.FiguresRow, 404: schemas.Fault} | FAULTS,
    summary="Chiffres publics",
)
def figures(request: HttpRequest, asked: Query[schemas.FiguresQuery]) -> Any:
    """Les tableaux de la page des chiffres ; ce qui ferait deviner une personne n’y est pas."""
    found = queries.figures(asked.annee, asked.reseau)
    if found is None:
        raise Http404
    return found


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
@fresh(directory.edition)
def described(request: HttpRequest) -> HttpResponse:
    """The description of the calls, for machines (OpenAPI 3.1)."""
    return JsonResponse(schema(), headers={"Access-Control-Allow-Origin": "*"})


def schema() -> dict[str, Any]:
    """The description of every call."""
    return dict(api.get_openapi_schema(path_prefix="/api/v1/"))


@public
def human(request: HttpRequest) -> HttpResponse:
    """The same description, for people."""
    calls = queries.calls_of(schema())
    return page(request, "api/reference.html", {"calls": calls, "lists": lists(), "text": TEXT})


def opened(view: Any, name: str) -> Any:
    """Anyone may read, from any site; an answer already held is not sent again."""
    sheets_alone = name in ("sheets", "sheet", "reference")
    view = fresh(directory.edition if sheets_alone else queries.moment)(view)

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Last-Modified"] = http_date(queries.changed_at(request.version))  # type: ignore[attr-defined]
        return response

    answer.__module__, answer.__qualname__ = __name__, f"opened.{name}"
    return public(answer)
