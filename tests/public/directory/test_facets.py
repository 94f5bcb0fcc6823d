"""Declaring a facet is enough to get its filter, checkboxes, counts and API parameter."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from ninja import NinjaAPI, Query
from pydantic import ValidationError

from explor.public import directory
from explor.public.api import pages as api
from explor.public.api import schemas
from explor.public.directory import fields, pages, selectors
from explor.public.directory.fields import FACETS, Facet
from explor.public.directory.models import ListedSheet
from explor.public.directory.models.triggers import LIST, listing_trigger
from explor.public.directory.selectors import Filters
from factories import SheetFactory

pytestmark = pytest.mark.django_db
LOCALITY = Facet(
    name="localite",
    title="Localité",
    values=fields.one("locality"),
    label=fields.as_written,
    help="Noms exacts des localités.",
    free=True,
)


@pytest.fixture
def with_locality(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Facet, ...]]:
    """Declare one more facet, install its database trigger, and publish three sheets."""
    facets = (*FACETS, LOCALITY)
    monkeypatch.setattr(fields, "FACETS", facets)
    listing_trigger(facets).install(ListedSheet)
    SheetFactory(title="Un puits", locality="Dapaong", countries=["TG"])
    SheetFactory(title="Une école", locality="Pô", countries=["BF"])
    SheetFactory(title="Un marché", locality="Pô", countries=["TG"])
    yield facets
    LIST.install(ListedSheet)
    selectors.forget()


def titles(**params: str) -> list[str]:
    page = Client().get("/projets/", params)
    return sorted(card["title"] for card in page.context["cards"])


def test_a_declared_facet_in_the_url_filters_the_sheets(with_locality: Any) -> None:
    assert titles(localite="Pô") == ["Un marché", "Une école"]
    assert titles(localite="Pô", pays="TG") == ["Un marché"]
    assert Filters.of(QueryDict("localite=Pô")).query() == "localite=P%C3%B4"


def test_a_declared_facet_is_counted_with_the_other_filters_applied(with_locality: Any) -> None:
    results = selectors.search(Filters.of(QueryDict("pays=TG&localite=Pô")))
    assert results.counts["localite"] == {"Dapaong": 1, "Pô": 1}
    assert results.counts["pays"] == {"BF": 1, "TG": 1}


def test_a_declared_facet_has_checkboxes_and_a_removable_filter(with_locality: Any) -> None:
    html = Client().get("/projets/?localite=Pô").content.decode()
    assert "<summary>Localité</summary>" in html
    assert 'form="chercher" name="localite" value="Pô" checked> Pô <small>2</small>' in html
    filters = Filters.of(QueryDict("localite=Pô"))
    facets = pages.facets_of(selectors.search(filters))
    assert [(chip.label, chip.url) for chip in pages.chips(filters, facets)] == [("Pô", "")]


def test_a_declared_facet_is_an_api_parameter(with_locality: tuple[Facet, ...]) -> None:
    query = schemas.sheet_query(with_locality)
    filters = query(localite=["Pô"], pays=["TG"]).filters()
    matches = api.sheets(filters, limit=10, cursor=None, at=selectors.index_revision())
    assert [row["titre"] for row in matches["resultats"]] == ["Un marché"]
    parameters = parameters_of(query)
    assert parameters["localite"]["description"] == LOCALITY.help
    with pytest.raises(ValidationError, match="at most 20"):
        query(localite=[str(n) for n in range(21)])


def parameters_of(query: Any) -> dict[str, Any]:
    """Return, by name, the query parameters of an endpoint that uses a schema."""
    call = NinjaAPI(urls_namespace="facets", openapi_url=None, docs_url=None)

    def sheets(request: Any, wanted: Any) -> None: ...

    sheets.__annotations__["wanted"] = Query[query]
    call.get("/projets")(sheets)
    described = call.get_openapi_schema(path_prefix="/")["paths"]["/projets"]["get"]["parameters"]
    return {each["name"]: each for each in described}


def test_the_api_parameters_are_the_facets_of_the_directory() -> None:
    assert schemas.SheetQuery.model_fields.keys() == {
        *("limit", "cursor", "q", "tri"),
        *(facet.name for facet in FACETS),
    }


def test_the_names_of_facets_are_written_in_only_one_file() -> None:
    """Only the declaration contains the names of the facets; no other module repeats them."""
    folder = Path(directory.__file__).parent
    named = re.compile(r'"(zone|odd|departement|structure|financeur)"')
    naming = {path.name for path in folder.rglob("*.py") if named.search(path.read_text())}
    assert naming - {"0001_initial.py"} == {"fields.py"}
