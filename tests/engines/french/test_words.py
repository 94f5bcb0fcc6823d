"""The words of a search in French: small words, forms, families, compounds, phrases."""

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
def test_small_words_are_left_out_unless_there_is_nothing_else(
    search: str, kept: list[str]
) -> None:
    assert parts(search) == kept


def test_a_participle_is_searched_in_both_genders() -> None:
    assert tsquery("formée") == "('formee' | 'forme')"
    assert tsquery("formé") == "('forme' | 'formee')"


def test_a_compound_is_searched_in_one_piece_and_in_two() -> None:
    assert tsquery("chefs-lieux") == (
        "((('chefs' | 'chef') <-> ('lieux' | 'lieu')) | 'chefslieux' | 'cheflieu')"
    )
    assert tsquery("agro-écologie").endswith(" | 'agroecologie')")
    assert "('agro' <-> 'ecologie')" in tsquery("agroécologie")
    assert "'agroecologie'" in tsquery("agro écologie")


def test_a_phrase_keeps_its_words_and_an_excluded_word_is_excluded() -> None:
    assert tsquery("« accès à l’eau »") == "('acces' <-> 'a' <-> 'l' <-> 'eau')"
    assert tsquery("oasis -école") == "('oasis' | 'oasi') & !('ecole')"


@pytest.mark.parametrize("search", ["", "!!", "'; |", "« »", '"', "-", ":* & !"])
def test_punctuation_alone_searches_nothing(search: str) -> None:
    assert tsquery(search) == ""


def test_a_single_word_between_french_quotation_marks_is_no_phrase() -> None:
    assert tsquery("« puits »") == tsquery("puits")
    assert tsquery('"puits"') == "('puits')" != tsquery("puits")
    assert tsquery("« eau potable »") == "('eau' <-> 'potable')"


def test_what_a_pasted_word_hides_is_ignored() -> None:
    assert fold("for\u00adage\u200b") == "forage"


def test_typography_is_made_plain() -> None:
    assert fold("L’ŒUVRE\N{NO-BREAK SPACE}: « Élan »") == 'l oeuvre : " elan "'
