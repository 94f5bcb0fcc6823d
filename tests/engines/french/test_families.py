"""The other words of the family of a French word, and the words that are not."""

import pytest

from explor.engines.french.families import numbers, variants


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("maraichage", "maraicher"),
        ("maraichers", "maraichage"),
        ("formatrices", "formation"),
        ("educateurs", "educatrice"),
        ("education", "educateur"),
        ("solidaires", "solidarite"),
        ("infirmieres", "infirmier"),
        ("agriculteur", "agriculture"),
        ("durabilite", "durable"),
        ("mecaniciennes", "mecanique"),
        ("elevages", "eleveur"),
        ("irriguer", "irrigation"),
        ("logement", "loger"),
        ("prevenir", "preventif"),
        ("apicole", "apiculteur"),
        ("touristes", "tourisme"),
        ("chirurgical", "chirurgien"),
        ("geologue", "geologie"),
        ("volontariat", "volontaire"),
        ("desertifier", "desertification"),
        ("paysanne", "paysan"),
        ("senegalais", "senegalaise"),
        ("travaux", "travail"),
        ("chou", "choux"),
    ],
)
def test_a_word_is_searched_with_its_family(word: str, other: str) -> None:
    assert other in variants(word)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("moteur", "motion"),
        ("potage", "poter"),
        ("sauvage", "sauver"),
        ("chantier", "chante"),
        ("chante", "chantier"),
        ("important", "importation"),
        ("importation", "important"),
    ],
)
def test_short_words_that_share_an_ending_stay_apart(word: str, other: str) -> None:
    assert other not in variants(word)


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("chefs", ("chefs", "chef")),
        ("lieu", ("lieu", "lieux")),
        ("lieux", ("lieux", "lieu")),
        ("ville", ("ville", "villes")),
    ],
)
def test_the_numbers_of_a_word_are_its_singular_and_its_plural(
    word: str, forms: tuple[str, ...]
) -> None:
    assert set(forms) <= set(numbers(word))
