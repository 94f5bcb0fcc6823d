"""Words of a French search: small words, forms, families, compound words, phrases."""

import pytest

from explor.engines.french.words import fold, parts, tsquery, variants


@pytest.mark.parametrize(
    ("search", "kept"),
    [
        ("irrigation au Burkina", ["irrigation", "Burkina"]),
        ("forages en Guinée et à Madagascar", ["forages", "Guinée", "Madagascar"]),
        ("l’eau des écoles", ["l’eau", "écoles"]),
        ("à", ["à"]),
        ("« eau potable » aux Comores", ['" eau potable "', "Comores"]),
        ("– …", []),
    ],
)
def test_small_words_of_a_search_are_ignored_unless_the_search_has_no_other_word(
    search: str, kept: list[str]
) -> None:
    assert parts(search) == kept


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
    ],
)
def test_a_searched_word_also_matches_the_words_of_its_family(word: str, other: str) -> None:
    assert other in variants(word)


@pytest.mark.parametrize(("word", "other"), [("moteur", "motion"), ("potage", "poter")])
def test_short_words_that_share_only_an_ending_are_not_in_the_same_family(
    word: str, other: str
) -> None:
    assert other not in variants(word)


def test_a_searched_participle_matches_both_genders() -> None:
    assert tsquery("formée") == "('formee' | 'forme')"
    assert tsquery("formé") == "('forme' | 'formee')"


def test_a_compound_word_is_searched_as_one_word_and_as_two_words() -> None:
    assert tsquery("agro-écologie") == "(('agro' <-> 'ecologie') | 'agroecologie')"
    assert "('agro' <-> 'ecologie')" in tsquery("agroécologie")
    assert "'agroecologie'" in tsquery("agro écologie")


def test_a_quoted_phrase_is_searched_as_a_phrase_and_a_word_after_a_minus_is_excluded() -> None:
    assert tsquery("« accès à l’eau »") == "('acces' <-> 'a' <-> 'l' <-> 'eau')"
    assert tsquery("puits -école") == "('puits') & !('ecole')"


@pytest.mark.parametrize("search", ["", "!!", "'; |", "« »", '"', "-", ":* & !"])
def test_a_search_made_of_punctuation_matches_nothing(search: str) -> None:
    assert tsquery(search) == ""


def test_folding_a_text_replaces_typographic_characters_with_plain_ones() -> None:
    assert fold("L’ŒUVRE\N{NO-BREAK SPACE}: « Élan »") == 'l oeuvre : " elan "'
