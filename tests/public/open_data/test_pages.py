"""The list of open data files, the files, the catalogue and the page of officers."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from explor.journey.sheets import actions as directory
from explor.journey.sheets import engine as sheets
from explor.journey.sheets.models import ProjectSheet
from explor.public.open_data import actions, pages
from factories import NetworkFactory, SheetFactory, officer_actor, wearing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.EXPLOR_IATI_REF = "XI-EXPLOR-EXEMPLE"


def with_related() -> ProjectSheet:
    """Create a published sheet complete enough to be in every file, IATI included."""
    content = {
        "title": "Des puits", "start": "2025-03", "end": "2026-02", "countries": ["Burkina Faso"],
        "sectors": ["Agriculture, alimentation, pêche"], "context": "La nappe baisse.",
        "lead_organisation": {"name": "Semences"},
    }  # fmt: skip
    result = sheets.sheet_of(content)
    return SheetFactory(content=content, **sheets.columns_of(result))


def get(path: str, **headers: str) -> Any:
    return Client().get(f"/donnees/{path}", headers=headers)


def body(answer: Any) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content


def test_the_open_data_page_lists_written_files_and_those_not_written_yet() -> None:
    assert get("").content.decode().count("Ces fichiers se préparent") == len(pages.SETS)
    with_related()
    actions.make_all()
    page = get("").content.decode()
    assert "Ces fichiers se préparent" not in page
    for name in pages.WRITERS:
        assert f'href="/donnees/fichiers/{name}"' in page


def test_an_open_data_file_allows_any_site_and_a_cached_request_gets_304() -> None:
    SheetFactory(title="Un grenier")
    actions.make("projets.csv")
    first = get("fichiers/projets.csv")
    assert (first.status_code, first["Access-Control-Allow-Origin"]) == (200, "*")
    assert "Un grenier" in body(first).decode()
    assert first["Content-Disposition"] == 'attachment; filename="projets.csv"'
    again = get("fichiers/projets.csv", **{"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_open_data_file_with_a_withdrawn_sheet_is_not_served_until_written_again() -> None:
    row = SheetFactory(title="Un secret")
    SheetFactory(title="Un grenier")
    for name in ("projets.json", "missions.json"):
        actions.make(name)
    directory.withdraw(row, by=officer_actor(row.network), reason="demande du porteur")
    held = get("fichiers/projets.json")
    assert (held.status_code, held["Retry-After"]) == (503, "40")
    assert get("fichiers/missions.json").status_code == 200
    actions.make("projets.json")
    results = get("fichiers/projets.json")
    assert [each["slug"] for each in json.loads(body(results))] == [
        ProjectSheet.objects.get(title="Un grenier").slug
    ]


def test_a_file_with_a_withdrawn_sheet_stays_blocked_if_publication_is_planned_again() -> None:
    row = SheetFactory(title="Un grenier")
    actions.make("projets.csv")
    by = officer_actor(row.network)
    row = directory.withdraw(row, by=by, reason="demande du porteur")
    directory.plan(row, by=by, publish_on=timezone.localdate() + timedelta(days=9))
    assert get("fichiers/projets.csv").status_code == 503
    actions.make("projets.csv")
    assert b"Un grenier" not in body(get("fichiers/projets.csv"))


def test_an_unknown_open_data_file_answers_404_and_one_not_written_yet_answers_503() -> None:
    assert get("fichiers/secret.csv").status_code == 404
    assert get("fichiers/projets.csv").status_code == 503


def test_the_catalogue_lists_each_file_with_its_size_and_digest() -> None:
    with_related()
    actions.make_all()
    result = json.loads(get("catalogue.jsonld").content)
    files = [each for one in result["dcat:dataset"] for each in one["dcat:distribution"]]
    assert {each["dct:title"] for each in files} == set(pages.WRITERS)
    assert all(len(each["spdx:checksum"]["spdx:checksumValue"]["@value"]) == 64 for each in files)
    assert get("catalogue.jsonld")["Content-Type"] == "application/ld+json"


@pytest.mark.parametrize(
    ("contact", "way", "address"),
    [
        ("contact@exemple.test", "vcard:hasEmail", "mailto:contact@exemple.test"),
        ("https://exemple.test/ecrire/", "vcard:hasURL", "https://exemple.test/ecrire/"),
    ],
)
def test_the_catalogue_identifies_language_theme_frequency_contact_and_formats_by_uri(
    settings: Any, contact: str, way: str, address: str
) -> None:
    settings.EXPLOR_CONTACT = contact
    actions.make_all()
    catalogue = json.loads(get("catalogue.jsonld").content)
    for one in catalogue["dcat:dataset"]:
        for name in ("dct:language", "dcat:theme", "dct:accrualPeriodicity"):
            assert one[name]["@id"].startswith("http://publications.europa.eu/resource/authority/")
        assert one["dcat:contactPoint"][way]["@id"] == address
        for file in one["dcat:distribution"]:
            assert "iana.org" in file["dcat:mediaType"]["@id"]
            form = file["dct:title"].rpartition(".")[2].upper()
            listed = file.get("dct:format", {"@id": "ICS"})["@id"].rpartition("/")[2]
            assert listed == form


def test_an_officer_sees_only_the_sheets_of_their_network_that_open_data_files_omit() -> None:
    own, other = NetworkFactory(), NetworkFactory()
    mine = SheetFactory(network=own, title="La mienne")
    SheetFactory(network=other, title="La leur")
    SheetFactory(start_on="2025-01-01")
    actions.make_all()
    client = wearing(officer_actor(own))
    page = client.get(f"/reseau/{own.slug}/donnees/").content.decode()
    assert "La mienne" in page
    assert f"/reseau/{own.slug}/fiches/{mine.pk}/" in page
    assert "La leur" not in page


def test_an_officer_can_request_that_the_open_data_files_be_written_again() -> None:
    network = NetworkFactory()
    client = wearing(officer_actor(network))
    answer = client.post(f"/reseau/{network.slug}/donnees/", {"sent": "1"}, follow=True)
    assert "refaits dans une minute" in answer.content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs")
        assert cursor.fetchall() == [("open_data.make_all",)]


def test_open_data_pages_make_at_most_two_queries_with_many_sheets() -> None:
    SheetFactory.create_batch(30)
    actions.make_all()
    for path, most in (("", 2), ("catalogue.jsonld", 2), ("fichiers/projets.csv", 2)):
        with CaptureQueriesContext(connection) as caught:
            get(path)
        assert len(caught) <= most, path


def test_an_open_data_file_whose_standard_forbids_it_to_be_empty_answers_404_while_empty() -> None:
    actions.make_all()
    assert get("fichiers/iati.xml").status_code == 404
    assert get("fichiers/projets.csv").status_code == 200
    assert "ce format n’admet pas de fichier vide" in get("").content.decode()
    named = [
        each["dct:identifier"]
        for each in json.loads(get("catalogue.jsonld").content)["dcat:dataset"]
    ]
    assert "iati" not in named
    with_related()
    actions.make_all()
    assert get("fichiers/iati.xml").status_code == 200
