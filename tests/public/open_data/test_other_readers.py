"""Open data read by independent libraries: RDF, Atom and OpenAPI."""

import json
from typing import Any

import feedparser
import pytest
from django.test import Client
from openapi_spec_validator import validate
from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef

from explor.public.open_data import actions, pages
from factories import DecisionFactory, SheetFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings(
        "ignore::DeprecationWarning:rdflib"
    ),  # the library raises warnings about its own code
]
LISTS = "http://publications.europa.eu/resource/authority"
SCHEMA = "https://schema.org/"


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.EXPLOR_CONTACT = "contact@explor.test"


def read_rdf(data: bytes | str) -> Graph:
    return Graph().parse(data=data, format="json-ld")


def test_rdflib_reads_each_data_set_of_the_catalogue_with_the_properties_of_dcat_ap() -> None:
    SheetFactory(title="Un grenier")
    actions.make_all()
    graph = read_rdf(Client().get("/donnees/catalogue.jsonld").content)
    sets = set(graph.subjects(RDF.type, DCAT.Dataset))
    assert len(sets) == len([each for each in pages.shelves() if each.files]) > 5
    required = (
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.publisher,
        DCAT.contactPoint,
        DCAT.theme,
    )
    for each in sets:
        assert [str(name) for name in required if graph.value(each, name) is None] == []
        assert graph.value(each, DCTERMS.language) == URIRef(f"{LISTS}/language/FRA")
        for file in graph.objects(each, DCAT.distribution):
            assert graph.value(file, DCAT.accessURL)
            assert graph.value(file, DCTERMS.license)


def test_rdflib_reads_the_structured_data_of_the_page_of_a_sheet() -> None:
    row = SheetFactory(title="Un grenier", slug="un-grenier")
    page = Client().get(f"/projets/{row.slug}/").content.decode()
    told = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    data = json.loads(told)
    address, own = data.pop("@context")
    assert address == SCHEMA.rstrip("/")
    # The context of schema.org is on the network; all its terms begin with its address.
    text = json.dumps({"@context": [{"@vocab": SCHEMA}, own], **data})
    graph = read_rdf(text)
    assert "Un grenier" in {str(each) for each in graph.objects(None, URIRef(f"{SCHEMA}name"))}


def test_feedparser_reads_the_atom_feed_without_a_warning() -> None:
    SheetFactory(title="L’école & le « puits »")
    feed = feedparser.parse(Client().get("/flux/projets.atom").content)
    assert (feed.bozo, feed.version) == (False, "atom10")
    [entry] = feed.entries
    assert entry.title == "L’école & le « puits »"
    assert (entry.summary_detail.type, bool(entry.author)) == ("text/plain", True)
    assert entry.id.startswith("tag:")
    assert entry.updated_parsed is not None


def test_the_description_of_the_api_is_valid_openapi() -> None:
    DecisionFactory(state="announced", verdict="favourable")
    validate(Client().get("/api/v1/openapi.json").json())
