"""The words of a search in French: small words, forms, families, compounds, phrases."""

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
def test_small_words_are_left_out_unless_there_is_nothing_else(
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
def test_a_word_is_searched_with_its_family(word: str, other: str) -> None:
    assert other in variants(word)


@pytest.mark.parametrize(("word", "other"), [("moteur", "motion"), ("potage", "poter")])
def test_short_words_that_share_an_ending_stay_apart(word: str, other: str) -> None:
    assert other not in variants(word)


def test_a_participle_is_searched_in_both_genders() -> None:
    assert tsquery("formée") == "('formee' | 'forme')"
    assert tsquery("formé") == "('forme' | 'formee')"


def test_a_compound_is_searched_in_one_piece_and_in_two() -> None:
    assert tsquery("agro-écologie") == "(('agro' <-> 'ecologie') | 'agroecologie')"
    assert "('agro' <-> 'ecologie')" in tsquery("agroécologie")
    assert "'agroecologie'" in tsquery("agro écologie")


def test_a_phrase_keeps_its_words_and_an_excluded_word_is_excluded() -> None:
    assert tsquery("« accès à l’eau »") == "('acces' <-> 'a' <-> 'l' <-> 'eau')"
    assert tsquery("puits -école") == "('puits') & !('ecole')"


@pytest.mark.parametrize("search", ["", "!!", "'; |", "« »", '"', "-", ":* & !"])
def test_punctuation_alone_searches_nothing(search: str) -> None:
    assert tsquery(search) == ""


def test_typography_is_made_plain() -> None:
    assert fold("L’ŒUVRE\N{NO-BREAK SPACE}: « Élan »") == 'l oeuvre : " elan "'
