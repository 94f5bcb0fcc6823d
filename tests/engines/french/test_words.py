"""Words of a French search: small words, forms, families, compound words, phrases."""

import pytest

from explor.engines.french.words import fold, parts, tsquery


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


def test_a_searched_participle_matches_both_genders() -> None:
    assert tsquery("formée") == "('formee' | 'forme')"
    assert tsquery("formé") == "('forme' | 'formee')"


def test_a_compound_word_is_searched_as_one_word_and_as_two_words() -> None:
    assert tsquery("chefs-lieux") == (
        "((('chefs' | 'chef') <-> ('lieux' | 'lieu')) | 'chefslieux' | 'cheflieu')"
    )
    assert tsquery("agro-écologie").endswith(" | 'agroecologie')")
    assert "('agro' <-> 'ecologie')" in tsquery("agroécologie")
    assert "'agroecologie'" in tsquery("agro écologie")


def test_a_quoted_phrase_is_searched_as_a_phrase_and_a_word_after_a_minus_is_excluded() -> None:
    assert tsquery("« accès à l’eau »") == "('acces' <-> 'a' <-> 'l' <-> 'eau')"
    assert tsquery("oasis -école") == "('oasis' | 'oasi') & !('ecole')"


@pytest.mark.parametrize("search", ["", "!!", "'; |", "« »", '"', "-", ":* & !"])
def test_a_search_made_of_punctuation_matches_nothing(search: str) -> None:
    assert tsquery(search) == ""


def test_a_single_word_between_french_quotation_marks_is_no_phrase() -> None:
    assert tsquery("« puits »") == tsquery("puits")
    assert tsquery('"puits"') == "('puits')" != tsquery("puits")
    assert tsquery("« eau potable »") == "('eau' <-> 'potable')"


def test_what_a_pasted_word_hides_is_ignored() -> None:
    assert fold("for\u00adage\u200b") == "forage"


def test_folding_a_text_replaces_typographic_characters_with_plain_ones() -> None:
    assert fold("L’ŒUVRE\N{NO-BREAK SPACE}: « Élan »") == 'l oeuvre : " elan "'
