"""The public page of figures, its CSV files, and the links to it."""

import csv
import re
from datetime import date
from io import StringIO

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from explor.actors.networks.models import Coordinator
from explor.ground.reference.selectors import terms
from explor.oversight.indicators import actions
from factories import (
    DecisionFactory,
    ExpertFactory,
    MissionFactory,
    NetworkFactory,
    PersonFactory,
    SheetFactory,
)

pytestmark = pytest.mark.django_db


def season(missions: int = 6) -> None:
    """Create departures in 2025 and 2026 in two networks, and needs with free seats."""
    for number in range(missions):
        network = NetworkFactory(slug=f"reseau-{'ab'[number]}" if number < 2 else f"autre-{number}")
        start = date(2025 + number % 2, 3, 2)
        MissionFactory(
            release__proposal__decision__need__network=network,
            state="closed",
            start=start,
            end=start.replace(day=11),
        )
    DecisionFactory()
    ExpertFactory.create_batch(5, network=NetworkFactory(), skills=["Maraîchage"])


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return " ".join(response.content.decode().split()).replace("> ", ">").replace(" <", "<")


def lines(client: Client, url: str) -> list[list[str]]:
    response = client.get(url)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_the_page_of_figures_without_data_states_that_nothing_is_counted_yet(
    client: Client,
) -> None:
    page = text(client, "/chiffres/")
    assert "Aucune mission engagée encore." in page
    assert "Rien à compter encore" in page
    assert "<svg viewBox" not in page.split("<main")[1].split("empty")[0]


def test_the_page_of_figures_with_one_network_shows_no_comparison_of_networks(
    client: Client,
) -> None:
    MissionFactory(state="closed", start=date(2026, 3, 2), end=date(2026, 3, 11))
    page = text(client, "/chiffres/")
    assert 'id="reseaux"' not in page
    assert 'aria-label="2026 : 1 départ, mars 1"' in page


def test_links_on_the_page_of_figures_keep_the_filters_of_the_url(client: Client) -> None:
    season()
    actions.count()
    page = text(client, "/chiffres/?annee=2026&reseau=reseau-b")
    assert "<h1>Les chiffres d’EXPLOR avec Réseau" in page
    assert '<option value="2026" selected>' in page
    assert '<option value="reseau-b" selected>' in page
    assert 'href="?annee=2026&amp;reseau=reseau-a"' in page
    assert 'href="?annee=2026&amp;reseau=reseau-b&amp;format=csv&amp;tableau=pays"' in page
    assert "1 mission engagée dans 1 pays" in page
    assert "En 2026, avec Réseau" in page


@pytest.mark.parametrize(
    "query", ["annee=abc", "annee=1999", "annee=2031", "reseau=absent", "format=csv&tableau=absent"]
)
def test_an_unknown_filter_or_table_of_the_figures_gets_404(client: Client, query: str) -> None:
    season(1)
    actions.count()
    assert client.get(f"/chiffres/?{query}").status_code == 404


def test_a_table_of_figures_is_exported_as_csv(client: Client) -> None:
    season()
    assert lines(client, "/chiffres/?format=csv&tableau=pays") == [
        ["Pays", "Missions", "Fiches publiées"],
        ["Madagascar", "6", "0"],
    ]


def test_every_table_of_figures_has_a_csv_file_and_one_file_has_all_tables(client: Client) -> None:
    season()
    actions.count()
    names = set(re.findall(r"tableau=([\w-]+)", text(client, "/chiffres/?annee=2026")))
    assert names == {
        *("reseaux", "departs", "pays", "secteurs"),
        *("employeurs", "premieres", "competences"),
    }
    for name in names:
        assert len(lines(client, f"/chiffres/?annee=2026&format=csv&tableau={name}")) > 1
    every = lines(client, "/chiffres/?format=csv")
    assert ["L’essentiel", "Missions engagées", "Valeur", "6"] in every


def test_a_long_table_is_shortened_on_the_page_and_complete_in_its_csv_file(client: Client) -> None:
    for code in list(terms("countries"))[:33]:
        SheetFactory(countries=[code])
    page = text(client, "/chiffres/")
    assert "Et 3 autres lignes dans le fichier." in page
    assert page.count('data-label="Fiches publiées"') == 31  # thirty countries, one sector
    assert len(lines(client, "/chiffres/?format=csv&tableau=pays")) == 34


def test_html_in_the_name_of_a_network_is_escaped_on_the_page_of_figures(client: Client) -> None:
    NetworkFactory(name="<b>Amont</b> & fils")
    NetworkFactory()
    page = text(client, "/chiffres/")
    assert "<b>Amont" not in page
    assert page.count("&lt;b&gt;Amont&lt;/b&gt; &amp; fils") >= 1


def test_small_groups_are_hidden_on_the_page_of_figures_and_in_its_csv_file(client: Client) -> None:
    season(3)
    actions.count()
    assert '<dd class="words">moins de 5</dd>' in text(client, "/chiffres/")
    rows = lines(client, "/chiffres/?format=csv&tableau=employeurs")[1:]
    assert {row[1] for row in rows} == {"moins de 5"}


def test_the_free_seats_of_a_country_in_the_figures_link_to_its_missions(client: Client) -> None:
    season(1)
    page = text(client, "/chiffres/")
    assert '<a href="/missions/?pays=MG">Madagascar</a>: 1 place<' in page


@pytest.mark.parametrize("missions", [1, 30])
def test_the_page_of_figures_makes_three_queries_and_one_when_cached(
    client: Client,
    missions: int,
    django_assert_num_queries: DjangoAssertNumQueries,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    season(missions)
    with django_assert_max_num_queries(7):
        text(client, "/chiffres/")
    actions.count()
    with django_assert_num_queries(3):
        page = text(client, "/chiffres/?annee=2025")
    assert len(client.get("/chiffres/?annee=2025").content) < 60_000
    with django_assert_num_queries(1):
        assert text(client, "/chiffres/?annee=2025") == page


def test_a_cached_page_of_figures_gets_304_until_the_figures_are_counted_again(
    client: Client,
) -> None:
    season(1)
    actions.count()
    etag = client.get("/chiffres/")["ETag"]
    assert client.get("/chiffres/", headers={"if-none-match": etag}).status_code == 304
    actions.count()
    assert client.get("/chiffres/", headers={"if-none-match": etag}).status_code == 200


def test_the_page_of_figures_has_no_inline_style_nor_script(client: Client) -> None:
    season(2)
    page = text(client, "/chiffres/")
    assert re.findall(r"<script| style=|<style", page) == []


def test_the_public_menu_links_to_the_figures(client: Client) -> None:
    assert '<a href="/chiffres/">Chiffres</a>' in text(client, "/projets/")


def test_the_home_of_the_coordination_shows_the_figures(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    season(2)
    person = PersonFactory()
    Coordinator.objects.create(person=person)
    client.force_login(person)
    page = text(client, "/coordination/")
    assert "Les chiffres publics" in page
    assert 'href="/chiffres/"' in page


@pytest.mark.parametrize(("missions", "shown"), [(0, "0"), (1, "moins de 5"), (5, "5")])
def test_the_employer_count_of_fewer_than_five_missions_does_not_reveal_one_without_employer(
    client: Client, missions: int, shown: str
) -> None:
    network = NetworkFactory(slug="alizes")
    MissionFactory.create_batch(
        missions,
        release__proposal__decision__need__network=network,
        state="closed",
        start=date(2026, 3, 2),
        end=date(2026, 3, 11),
    )
    actions.count()
    rows = lines(client, "/chiffres/?reseau=alizes&format=csv&tableau=ensemble")
    assert ["Employeurs", shown] in rows
