"""Public pages of the directory: size, HTTP caching, withdrawn sheets."""

import json
import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree
from PIL import Image
from pypdf import PdfReader

from explor.actors.networks.models import Network
from explor.journey.sheets import actions
from explor.journey.sheets.models import ProjectSheet
from factories import SheetFactory, officer_actor

pytestmark = pytest.mark.django_db
CONTENT = {
    "title": "Un grenier",
    "start": "2025-02",
    "countries": ["Burkina Faso"],
    "objectives": "Garder les récoltes. </script><script>alert(1)</script>",
    "lead_organisation": {"name": "Semences", "representative": "Camille Exemple"},
}


@pytest.fixture
def row() -> ProjectSheet:
    return SheetFactory(slug="un-grenier", title="Un grenier", content=CONTENT)


def test_a_cached_directory_page_gets_304_until_any_sheet_changes(row: ProjectSheet) -> None:
    client = Client()
    for url in ("/", "/projets/", "/carte/", "/projets/un-grenier/", "/flux/projets.atom"):
        first = client.get(url)
        assert (first.status_code, first["Cache-Control"]) == (200, "no-cache")
        again = client.get(url, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        SheetFactory()
        changed = client.get(url, headers={"if-none-match": first["ETag"]})
        assert changed.status_code == 200


def test_a_renamed_network_is_shown_immediately_with_its_new_name(row: ProjectSheet) -> None:
    Network.objects.filter(pk=row.network_id).update(name="Alizés")
    held = {url: Client().get(url)["ETag"] for url in ("/projets/", "/projets/un-grenier/")}
    Network.objects.filter(pk=row.network_id).update(name="Tramontane")
    for url, etag in held.items():
        page = Client().get(url, headers={"if-none-match": etag})
        assert "Tramontane" in page.content.decode()


def test_a_directory_page_has_no_etag_for_a_browser_with_a_session_cookie(
    row: ProjectSheet, client: Client
) -> None:
    client.cookies["sessionid"] = "x"
    assert "ETag" not in client.get("/projets/")


def test_the_page_of_a_withdrawn_sheet_answers_410_even_to_a_cached_request(
    row: ProjectSheet,
) -> None:
    client = Client()
    held = client.get("/projets/un-grenier/")["ETag"]
    actions.withdraw(row, by=officer_actor(row.network), reason="erreur")
    for url in ("/projets/un-grenier/", "/projets/un-grenier.pdf", "/projets/un-grenier.json"):
        assert client.get(url, headers={"if-none-match": held}).status_code == 410
    assert b"un-grenier" not in client.get("/sitemap-fiches.xml").content
    assert b"un-grenier" not in client.get("/flux/projets.atom").content


def test_the_public_page_of_a_draft_sheet_is_not_found(row: ProjectSheet) -> None:
    draft = SheetFactory(state="draft")
    for form in ("/", ".pdf", ".md", ".png"):
        assert Client().get(f"/projets/{draft.slug}{form}").status_code == 404


def test_the_url_with_a_former_slug_redirects_to_the_sheet(row: ProjectSheet) -> None:
    by = officer_actor(row.network)
    actions.rename(row, by=by, slug="le-grenier")
    actions.rename(row, by=by, slug="grenier-de-po")
    for old in ("un-grenier", "le-grenier"):
        answer = Client().get(f"/projets/{old}/")
        assert (answer.status_code, answer["Location"]) == (301, "/projets/grenier-de-po/")
        assert Client().get(f"/projets/{old}.md")["Location"] == "/projets/grenier-de-po.md"
    actions.rename(row, by=by, slug="un-grenier")
    assert Client().get("/projets/un-grenier/").status_code == 200
    assert Client().get("/projets/grenier-de-po/").status_code == 301


def test_a_sheet_cannot_take_a_slug_used_by_another_sheet(row: ProjectSheet) -> None:
    by = officer_actor(row.network)
    actions.rename(row, by=by, slug="le-grenier")
    other = SheetFactory(network=row.network)
    for slug in ("le-grenier", "un-grenier"):
        with pytest.raises(Exception, match="mène déjà"):
            actions.rename(other, by=by, slug=slug)


def test_the_structured_data_of_a_sheet_describe_the_project_and_no_person(
    row: ProjectSheet,
) -> None:
    page = Client().get("/projets/un-grenier/").content.decode()
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert script
    graph = json.loads(script[1])["@graph"]
    assert [part["@type"] for part in graph] == ["Project", "BreadcrumbList"]
    assert "Camille" not in script[1]
    assert '<link rel="canonical" href="http' in page
    assert "/projets/un-grenier.png" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("form", ["md", "json", "jsonld"])
def test_a_sheet_is_downloaded_in_each_text_format(row: ProjectSheet, form: str) -> None:
    answer = Client().get(f"/projets/un-grenier.{form}")
    assert answer.status_code == 200
    assert b"Un grenier" in answer.content


def test_the_pdf_of_a_sheet_is_tagged_and_its_picture_is_1200_by_630_pixels(
    row: ProjectSheet,
) -> None:
    row.title = "Un grenier " * 20
    row.save()
    pdf = PdfReader(BytesIO(Client().get("/projets/un-grenier.pdf").content))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Garder les récoltes" in "".join(page.extract_text() for page in pdf.pages)
    picture = Image.open(BytesIO(Client().get("/projets/un-grenier.png").content))
    assert picture.size == (1200, 630)


def test_pages_without_photographs_stay_below_their_size_limits() -> None:
    rows = SheetFactory.create_batch(30, content=CONTENT | {"context": "Un texte. " * 300})
    client = Client()
    sheet = client.get(f"/projets/{rows[0].slug}/").content
    assert len(sheet) < 40_000
    assert len(re.findall(rb"<(?:link|script|img)[^>]*(?:href|src)=\"/static", sheet)) <= 5
    listed = client.get("/projets/").content
    assert len(listed) < 60_000
    assert len(re.findall(rb"<[a-z]", listed)) < 800


def test_the_number_of_queries_of_a_sheet_does_not_grow_with_sheets() -> None:
    for rows in (1, 30):
        made = SheetFactory.create_batch(rows, content=CONTENT)
        url = f"/projets/{made[0].slug}/"
        Client().get(url)
        with CaptureQueriesContext(connection) as caught:
            Client().get(url)
        assert len(caught) <= 4


def test_an_unchanged_sheet_page_is_served_from_cache_with_one_query(row: ProjectSheet) -> None:
    Client().get("/projets/un-grenier/")
    with CaptureQueriesContext(connection) as caught:
        Client().get("/projets/un-grenier/")
    assert len(caught) == 1  # the query of the current revision
    content = {**CONTENT, "objectives": "Sécher le mil."}
    ProjectSheet.objects.filter(pk=row.pk).update(content=content)
    assert "Sécher le mil." in Client().get("/projets/un-grenier/").content.decode()
    actions.withdraw(row, by=officer_actor(row.network), reason="Erreur.")
    assert Client().get("/projets/un-grenier/").status_code == 410


def test_an_entry_of_the_atom_feed_has_an_author_a_summary_and_a_stable_identifier(
    row: ProjectSheet,
) -> None:
    words = "**Garder** le riz & le mil,\n\n- au sec"
    SheetFactory(title="Un puits", lead_organisation="Rives", purpose=words)
    url, names = "/flux/projets.atom?q=puits", {"a": "http://www.w3.org/2005/Atom"}

    def entry() -> Any:
        return etree.fromstring(Client().get(url).content).find("a:entry", names)

    first, sheet = entry(), ProjectSheet.objects.get(title="Un puits")
    assert first.findtext("a:author/a:name", None, names) == "Rives"
    summary = first.find("a:summary", names)
    assert summary.get("type") == "text"
    assert summary.text.split() == ["Garder", "le", "riz", "&", "le", "mil,", "au", "sec"]
    actions.rename(sheet, by=officer_actor(sheet.network), slug="le-puits")
    assert entry().findtext("a:id", None, names) == first.findtext("a:id", None, names)
    assert first.findtext("a:id", None, names).startswith("tag:")


def test_the_atom_feed_contains_the_sheets_of_the_search(row: ProjectSheet) -> None:
    SheetFactory(title="Un puits", countries=["TG"])
    feed = etree.fromstring(Client().get("/flux/projets.atom?pays=TG").content)
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.xpath("a:entry/a:title/text()", namespaces=names) == ["Un puits"]


def test_a_sheet_with_a_character_forbidden_in_xml_does_not_break_the_feed_of_all_sheets(
    row: ProjectSheet,
) -> None:
    SheetFactory(title="Un\ufffe puits", purpose="De l’eau\x1f\uffff")
    feed = etree.fromstring(Client().get("/flux/projets.atom").content)
    assert "Un puits" in feed.xpath("//*[local-name()='title']/text()")


def test_the_date_of_a_change_of_a_sheet_is_in_the_feed_and_the_sitemap(row: ProjectSheet) -> None:
    old = timezone.now() - timedelta(days=400)
    ProjectSheet.objects.filter(pk=row.pk).update(state_since=old, published_at=old)
    feed = etree.fromstring(Client().get("/flux/projets.atom").content)
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.xpath("a:entry/a:updated/text()", namespaces=names)[0][:10] == str(
        timezone.now().date()
    )
    sheets = etree.fromstring(Client().get("/sitemap-fiches.xml").content)
    assert sheets.xpath("//*[local-name()='lastmod']/text()") == [str(timezone.localdate())]


def test_the_sitemap_and_robots_file_list_public_pages(row: ProjectSheet) -> None:
    assert b"Disallow: /compte/" in Client().get("/robots.txt").content
    parts = etree.fromstring(Client().get("/sitemap.xml").content).xpath("//*[local-name()='loc']")
    assert [part.text.rpartition("/")[2] for part in parts] == [
        "sitemap-pages.xml",
        "sitemap-fiches.xml",
    ]
    assert b"/missions/" in Client().get("/sitemap-pages.xml").content
    assert Client().get("/sitemap-autre.xml").status_code == 404
    assert b"/projets/un-grenier/" in Client().get("/sitemap-fiches.xml").content
