"""Sheets written as schema.org data in JSON-LD."""

import json

from explor.engines.formats import Goal, LeadOrganisation, Link, PartialDate, Sheet
from explor.engines.formats.sheets import script_text, to_jsonld

SHEET = Sheet(
    title="Eau à Sakal",
    start=PartialDate(year=2022, month=12),
    locality="Sakal",
    countries=("Sénégal",),
    national_funders=("Fonjep",),
    sectors=("Eau",),
    goals=(Goal(number=6),),
    lead_organisation=LeadOrganisation(
        name="Des puits", address="Lyon", representative="Awa Exemple"
    ),
    links=(Link(label="site", url="https://exemple.fr/"), Link(label="à venir")),
    objectives="**Creuser** [là](#)",
)


def test_a_sheet_is_written_as_a_schema_org_project():
    assert to_jsonld(SHEET, url="https://explor.example/projets/eau/") == {
        "@context": "https://schema.org",
        "@type": "Project",
        "@id": "https://explor.example/projets/eau/",
        "url": "https://explor.example/projets/eau/",
        "name": "Eau à Sakal",
        "description": "Creuser là",
        "foundingDate": "2022-12",
        "areaServed": [{"@type": "Country", "name": "Sénégal"}],
        "location": {"@type": "Place", "name": "Sakal"},
        "parentOrganization": {"@type": "Organization", "name": "Des puits", "address": "Lyon"},
        "funder": [{"@type": "Organization", "name": "Fonjep"}],
        "keywords": ["Eau", "6 Eau propre et assainissement"],
        "sameAs": ["https://exemple.fr/"],
    }


def test_a_blank_sheet_has_no_schema_org_property():
    assert to_jsonld(Sheet()) == {"@context": "https://schema.org", "@type": "Project"}


def test_schema_org_data_names_no_person():
    assert "Awa" not in json.dumps(to_jsonld(SHEET))


def test_schema_org_data_lists_the_breadcrumbs_in_order():
    graph = to_jsonld(SHEET, crumbs=[("Accueil", "https://a/"), ("Projets", "https://a/projets/")])
    assert graph["@graph"][1] == {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "Accueil", "item": "https://a/"},
            {"@type": "ListItem", "position": 2, "name": "Projets", "item": "https://a/projets/"},
        ],
    }


def test_no_text_of_a_sheet_can_close_the_script_element():
    hostile = to_jsonld(Sheet(title="</script><script>alert(1)&\u2028"))
    text = script_text(hostile)
    assert set(text) & set("<>&\u2028") == set()
    assert json.loads(text) == hostile
