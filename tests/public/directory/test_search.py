"""Search by words and facets, spelling suggestions, suggestions for empty results."""

from importlib import import_module
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from explor.engines.formats import Status
from explor.journey.sheets import actions, engine
from explor.journey.sheets.engine import Goal, LeadOrganisation, PartialDate, Sheet, StructureType
from explor.journey.sheets.models import ProjectSheet
from explor.public.directory import pages, selectors
from explor.public.directory.pages import spelling_of
from explor.public.directory.selectors import Filters
from factories import NetworkFactory, SheetFactory, officer_actor

pytestmark = pytest.mark.django_db


def published(title: str, **fields: Any) -> ProjectSheet:
    """Create a sheet by import, publish it and return it."""
    network = fields.pop("network", None) or NetworkFactory()
    sheet = Sheet(title=title, **fields)
    by = officer_actor(network)
    made, _ = actions.import_sheet(sheet, by=by, network=network)
    return actions.publish(made, by=by)


def filters(text: str) -> Filters:
    return Filters.of(QueryDict(text))


def matches(text: str) -> list[str]:
    results = selectors.search(filters(text))
    return [card["title"] for card in pages.cards(results.slice(0, 50))]


@pytest.fixture
def shelf() -> None:
    """Publish four sheets, in two countries and three sectors."""
    published(
        "Irrigation à Koudougou",
        countries=("Burkina Faso",),
        sectors=("Agriculture, alimentation, pêche",),
        start=PartialDate(year=2025),
        locality="Koudougou",
        objectives="Des jardins arrosés toute l’année.",
        goals=(Goal(number=2),),
        regional_funders=("Conseil régional (exemple)",),
        lead_organisation=LeadOrganisation(
            name="Les Amis de Koudougou",
            address="3 rue des Jardins, 26000 Valence",
            structure_types=(StructureType(type="Association de solidarité internationale"),),
        ),
    )
    published("Un puits", countries=("Togo",), sectors=("Eau, assainissement",), start=None)
    published(
        "Une école", countries=("Togo",), sectors=("Éducation, formation",),
        context="Les enfants arrosent les jardins.", start=PartialDate(year=2024),
    )  # fmt: skip
    published("Un marché", countries=("Burkina Faso", "Togo"), start=PartialDate(year=2020))


@pytest.mark.usefixtures("shelf")
def test_words_searched_in_the_directory_match_regardless_of_case_and_plural() -> None:
    assert matches("q=arrogance") == []
    assert matches("q=IRRIGATIONS") == ["Irrigation à Koudougou"]
    assert matches("q=jardin") == ["Irrigation à Koudougou", "Une école"]
    assert matches('q="jardins arrosés"') == ["Irrigation à Koudougou"]
    assert matches("q=jardins -école") == ["Irrigation à Koudougou"]
    assert matches("q=les enfants") == ["Une école"]


@pytest.mark.usefixtures("shelf")
def test_searching_the_name_of_a_country_or_sector_finds_its_sheets() -> None:
    assert sorted(matches("q=togo")) == ["Un marché", "Un puits", "Une école"]
    assert matches("q=assainissement") == ["Un puits"]
    assert matches("q=conseil régional") == ["Irrigation à Koudougou"]


@pytest.mark.usefixtures("shelf")
def test_a_misspelt_name_in_a_directory_search_is_corrected_with_a_notice() -> None:
    results = selectors.search(filters("q=koudogou"))
    assert results.spelling_suggestion == "koudougou"
    assert matches("q=koudogou") == ["Irrigation à Koudougou"]
    assert selectors.search(filters("q=zzzzzzz")).total == 0
    page = Client().get("/projets/?q=koudogou").content.decode()
    assert "Aucune fiche ne contient « koudogou »" in page


@pytest.mark.usefixtures("shelf")
def test_searched_words_are_highlighted_and_the_text_of_sheets_is_escaped() -> None:
    published("Le <b>puits</b> & la fontaine")
    results = selectors.search(filters("q=puits"))
    titles = {card["title"] for card in pages.cards(results.slice(0, 9), "puits")}
    marked = "Le &lt;b&gt;<mark>puits</mark>&lt;/b&gt; &amp; la fontaine"
    assert titles == {"Un <mark>puits</mark>", marked}


@pytest.mark.usefixtures("shelf")
def test_the_counts_of_a_directory_facet_apply_the_filters_of_the_other_facets_only() -> None:
    results = selectors.search(filters("pays=BF&secteur=AGRI"))
    assert results.total == 1
    assert results.counts["pays"] == {"BF": 1}
    assert results.counts["secteur"] == {"AGRI": 1}
    results = selectors.search(filters("pays=BF"))
    assert results.counts["pays"] == {"BF": 2, "TG": 3}
    assert results.counts["secteur"] == {"AGRI": 1}
    assert selectors.search(filters("pays=BF&pays=TG")).total == 4


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("odd=2", "Irrigation à Koudougou"),
        ("annee=2024", "Une école"),
        ("departement=26", "Irrigation à Koudougou"),
        ("structure=ASI", "Irrigation à Koudougou"),
        ("financeur=Conseil régional (exemple)", "Irrigation à Koudougou"),
        ("zone=AFS&annee=2020", "Un marché"),
    ],
)
def test_every_facet_filters_the_results_of_a_directory_search(text: str, title: str) -> None:
    assert matches(text) == [title]


@pytest.mark.usefixtures("shelf")
def test_the_results_of_a_directory_search_are_sorted_as_requested() -> None:
    assert matches("tri=titre") == ["Irrigation à Koudougou", "Un marché", "Un puits", "Une école"]
    years = ["Irrigation à Koudougou", "Une école", "Un marché", "Un puits"]
    assert matches("tri=annee") == years
    assert matches("") == ["Un marché", "Une école", "Un puits", "Irrigation à Koudougou"]


@pytest.mark.usefixtures("shelf")
def test_an_empty_result_suggests_other_values_and_fewer_filters() -> None:
    results = selectors.search(filters("pays=BF&secteur=EAU"))
    shown = pages.suggestions(results, pages.facets_of(results))
    assert [(each.text, each.count) for each in shown] == [
        ("Togo", 1),
        ("Agriculture, alimentation, pêche", 1),
        ("sans « Burkina Faso »", 1),
        ("sans « Eau, assainissement »", 2),
    ]
    page = Client().get("/projets/?pays=BF&secteur=EAU").content.decode()
    assert "Aucune fiche ne répond à tout cela" in page


@pytest.mark.usefixtures("shelf")
def test_searched_words_without_a_common_result_are_suggested_separately() -> None:
    results = selectors.search(filters("q=puits+Burkina"))
    shown = pages.suggestions(results, pages.facets_of(results))
    assert [(each.text, each.count) for each in shown if "«" in each.text] == [
        ("« Burkina »", 2),
        ("« puits »", 1),
    ]


@pytest.mark.usefixtures("shelf")
def test_a_misspelt_word_is_corrected_even_if_another_filter_leaves_no_result() -> None:
    results = selectors.search(filters("q=Burkyna&secteur=EAU"))
    assert (results.spelling_suggestion, results.total) == ("burkina", 0)
    shown = pages.suggestions(results, pages.facets_of(results))
    assert [(each.text, each.count) for each in shown if "sans" in each.text] == [
        ("sans « Eau, assainissement »", 2),
        ("sans les mots « burkina »", 1),
    ]
    page = " ".join(Client().get("/projets/?q=Burkyna&secteur=EAU").content.decode().split())
    assert "Rien non plus ici pour « burkina »" in page


@pytest.mark.usefixtures("shelf")
def test_searching_a_year_finds_projects_under_way_that_year() -> None:
    published("De bout en bout", start=PartialDate(year=2014), end=PartialDate(year=2016))
    assert matches("q=bout+2015") == ["De bout en bout"]
    assert matches("q=bout+2017") == []
    results = selectors.search(filters("q=2017"))
    assert results.spelling_suggestion == ""


@pytest.mark.usefixtures("shelf")
def test_the_status_of_a_listed_sheet_depends_on_the_day_and_may_need_confirmation() -> None:
    published("Sans fin", start=PartialDate(year=2021))
    assert matches("statut=a-confirmer") == ["Sans fin", "Un marché", "Une école",
                                           "Irrigation à Koudougou"]  # fmt: skip
    with time_machine.travel("2020-06-01 12:00 +02:00"):
        assert "Sans fin" in matches("statut=a-venir")


def test_the_project_status_computed_from_columns_equals_the_status_of_the_sheet() -> None:
    for start, end in [(None, None), ("2025", None), ("2025", "2026"), ("2030", "2031"),
                       ("2019", "2020")]:  # fmt: skip
        for declared in ("", "en cours", "à venir", "terminé"):
            sheet = Sheet(
                start=PartialDate.parse(start) if start else None,
                end=PartialDate.parse(end) if end else None,
                status=Status(declared) if declared else None,
            )
            columns = engine.columns_of(sheet)
            days = columns["start_on"], columns["end_on"], columns["declared"]
            today = timezone.localdate()
            assert engine.status_of_days(*days, today) == engine.status_of(sheet)


def test_a_withdrawn_sheet_is_not_listed_until_published_again() -> None:
    network = NetworkFactory()
    row = published("Une fontaine", network=network)
    by = officer_actor(network)
    assert matches("q=fontaine") == ["Une fontaine"]
    actions.withdraw(row, by=by, reason="erreur")
    assert matches("q=fontaine") == []
    assert selectors.search(filters("")).total == 0
    actions.publish(row, by=by)
    assert matches("q=fontaine") == ["Une fontaine"]


def test_a_change_of_a_published_sheet_is_found_immediately_by_search() -> None:
    network = NetworkFactory()
    row = published("Une fontaine", network=network, countries=("Togo",))
    assert matches("pays=TG") == ["Une fontaine"]
    sheet = Sheet(title="Une fontaine", countries=("Bénin",))
    actions.correct(row, by=officer_actor(network), corrected=sheet)
    assert (matches("pays=TG"), matches("pays=BJ")) == ([], ["Une fontaine"])
    assert ProjectSheet.objects.get().pk == row.pk


@pytest.mark.usefixtures("shelf")
def test_a_search_with_many_unknown_words_stays_within_its_query_limit() -> None:
    Client().get("/projets/")
    for words in ("zzzz", " ".join(f"zz{chr(97 + n)}z" for n in range(24)), "Burkyna Koudougu"):
        with CaptureQueriesContext(connection) as caught:
            Client().get("/projets/", {"q": words})
        assert len(caught) <= 6, words


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("url", "most"),
    [("/projets/", 2), ("/projets/?q=grenier", 4), ("/projets/?pays=BF&annee=2025", 2),
     ("/projets/?q=grenier&tri=titre&secteur=AGRI", 3), ("/carte/?secteur=AGRI", 1)],
)  # fmt: skip
def test_the_number_of_queries_of_a_list_does_not_grow_with_sheets(
    rows: int, url: str, most: int
) -> None:
    SheetFactory.create_batch(rows)
    client = Client()
    client.get(url)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    assert len(caught) == most


@pytest.mark.parametrize(
    "url", ["/projets/?page=999999", "/projets/?page=x", "/projets/?tri=nimporte",
            "/projets/?odd=mille&annee=-1&reseau=%27", "/projets/?q=%22", "/projets/?q=-",
            "/projets/?q=%F0%9F%90%98&voir=rien", "/projets/?q=les", "/carte/?pays=ZZ"],
)  # fmt: skip
def test_the_directory_ignores_invalid_url_parameters(url: str) -> None:
    SheetFactory()
    assert Client().get(url).status_code == 200


def test_a_facet_shows_its_first_values_and_every_selected_one() -> None:
    for at, code in enumerate(["TG", "BJ", "BF", "MG", "SN", "ML", "NE", "CM", "GA", "CG"]):
        SheetFactory.create_batch(2 if at < 3 else 1, countries=[code])
    results = selectors.search(filters("pays=TG&pays=SN"))
    shown = next(facet for facet in pages.facets_of(results) if facet.name == "pays")
    result = [(each.label, each.count, each.chosen) for each in shown.values]
    assert result[:4] == [
        ("Bénin", 2, False),
        ("Burkina Faso", 2, False),
        ("Togo", 2, True),
        ("Cameroun", 1, False),
    ]
    assert result[-1] == ("Sénégal", 1, True)
    assert (len(result), shown.more) == (9, 1)
    facet = next(f for f in pages.facets_of(results, full="pays") if f.name == "pays")
    assert (len(facet.values), facet.more) == (10, 0)


def test_html_in_a_sheet_is_escaped_in_the_list_of_sheets() -> None:
    SheetFactory(title="Un <b>puits</b>", lead_organisation="<i>", locality="", countries=[],
                 sectors=[], funders=['"><script>'])  # fmt: skip
    page = Client().get("/projets/?q=puits").content.decode()
    assert 'Un &lt;b&gt;<mark>puits</mark>&lt;/b&gt;</a></h2><p class="meta"><span' in page
    assert '<p class="meta">&lt;i&gt;</p></li>' in page
    assert 'value="&quot;&gt;&lt;script&gt;"' in page


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    "words",
    ["irrigation au Burkina", "irriguer à Koudougou", "l’irrigation en Burkina", "irigation"],
)
def test_a_search_with_small_words_related_words_or_a_mistyped_letter_finds_the_sheet(
    words: str,
) -> None:
    assert matches(f"q={words}") == ["Irrigation à Koudougou"]


@pytest.mark.usefixtures("shelf")
def test_a_search_that_corrects_a_word_of_a_title_states_the_correction() -> None:
    search = filters("q=irigation")
    assert spelling_of(search, selectors.search(search)) == (
        "Aucune fiche ne contient « irigation ». Voici les réponses pour « irrigation »."
    )


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Des « électropompes » solaires", "électropompes"),
        ("Des «\N{NO-BREAK SPACE}électropompes\N{NO-BREAK SPACE}» solaires", "électropompe"),
        ("Pompes\N{NO-BREAK SPACE}: l’eau d’Aného", "Aného"),
        ("Jardins–écoles", "jardins"),
        ("Une équipe formée", "formé"),
        ("Un foyer créé", "créée"),
        ("Des infirmières", "infirmier"),
        ("Un infirmier", "infirmieres"),
        ("Le maraîchage", "maraîchers"),
        ("Des formatrices", "formation"),
        ("Une éducatrice", "éducation"),
        ("Un projet solidaire", "solidarité"),
        ("L’agro-écologie", "agroécologie"),
        ("L’agro-écologie", "agro écologie"),
        ("L’agroécologie", "agro-écologie"),
        ("L’agroécologie", "agro écologie"),
        ("L’agro écologie", "agroécologie"),
        ("Les œuvres de Saint-Louis", "oeuvre"),
        ("Les œuvres de Saint-Louis du Sénégal", '"Saint Louis du Sénégal"'),
        ("ÉCOLES", "ecole"),
    ],
)
def test_a_search_finds_a_sheet_despite_differences_of_typography_gender_family_and_hyphens(
    title: str, words: str
) -> None:
    published(title)
    published("Un autre marché")
    # Imports replace no-break spaces in titles.
    assert matches(f"q={words}") == [title.replace("\N{NO-BREAK SPACE}", " ")]
    assert selectors.search(filters(f"q={words}")).spelling_suggestion == ""


def test_the_upgrade_rebuilds_the_search_index_of_sheets_indexed_by_the_former_release() -> None:
    published("Des « électropompes » solaires")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE directory_listing SET words = to_tsvector('explor', '«électropompes»'),"
            " title_words = '';"
            "DELETE FROM directory_vocabulary"
        )
        selectors.forget()
        assert matches("q=solaires") == []
        migration = import_module("explor.public.directory.migrations.0003_french_words")
        cursor.execute(migration.LISTINGS)
    assert matches("q=solaires") == ["Des « électropompes » solaires"]
    assert matches("q=électropomppes") == ["Des « électropompes » solaires"]


def test_invisible_characters_inside_pasted_words_are_ignored_by_the_search() -> None:
    published("Le for\u00adage de Praia", context="Un pui\u200bts.")
    assert matches("q=forage puits") == ["Le for\u00adage de Praia"]
    assert matches("q=for\u00adages") == ["Le for\u00adage de Praia"]
    assert matches("q=forestier") == []


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Riz du fleuve", "riziculture"),
        ("Adduction d’eau potable à Praia", "AEP à Praia"),
        ("Des ruches au village", "apicultures"),
        ("Le pompage solaire", "pompes solaires"),
    ],
)
def test_searching_the_name_of_a_skill_finds_sheets_that_use_its_synonyms(
    title: str, words: str
) -> None:
    published(title)
    published("Un marché à Praia")
    assert matches(f"q={words}") == [title]
    assert matches(f'q="{words}"') == []


def test_searching_a_synonym_of_a_skill_does_not_find_its_other_synonyms() -> None:
    published("Des ruches au village")
    assert matches("q=miel") == []


def test_sheets_with_the_searched_word_come_before_sheets_with_its_synonyms() -> None:
    published("Apiculture au village", start=PartialDate(year=2020))
    published("Des ruches et du miel", start=PartialDate(year=2025))
    assert matches("q=apiculture") == ["Apiculture au village", "Des ruches et du miel"]


def test_the_upgrade_indexes_again_the_sheets_whose_words_contain_invisible_characters() -> None:
    published("Le for\u00adage de Praia")
    published("Un jardin")
    before = selectors.index_revision().number
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE directory_listing SET words = to_tsvector('explor', 'for-age'), title_words ="
            " '' WHERE title_key LIKE '%praia'; DELETE FROM directory_vocabulary"
        )
        migration = import_module("explor.public.directory.migrations.0004_french_invisible")
        cursor.execute(migration.LISTINGS)
        cursor.execute("SELECT word FROM directory_vocabulary ORDER BY word")
        assert cursor.fetchall() == [("forage",), ("praia",)]
    assert selectors.index_revision().number > before
    assert matches("q=forages") == ["Le for\u00adage de Praia"]


@pytest.mark.parametrize("words", ["culte", "charité", "chanson"])
def test_a_word_that_only_looks_like_another_is_not_corrected(words: str) -> None:
    published("La culture en chariot et la chaussure")
    assert matches(f"q={words}") == []


@pytest.mark.django_db
def test_a_mistyped_word_that_occurs_only_in_the_texts_of_sheets_is_corrected() -> None:
    published(title="Un jardin", context="L’irrigation des parcelles manque en saison sèche.")
    page = " ".join(Client().get("/projets/?q=irigation").content.decode().split())
    assert "Aucune fiche ne contient « irigation »" in page
    assert "Un jardin" in page
