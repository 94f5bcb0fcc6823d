"""Words of a French search: small words, forms, families, compound words, phrases."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explor.engines.french.known import is_french
from explor.engines.french.words import fold, forms, parts, tsquery


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
    assert "'forme'" in tsquery("formée")
    assert "'formee'" in tsquery("formé")


def test_a_compound_word_is_searched_as_one_word_and_as_two_words() -> None:
    assert tsquery("chefs-lieux") == (
        "((('chefs' | 'chef') <-> ('lieux' | 'lieu')) | 'chefslieux' | 'cheflieu')"
    )
    assert tsquery("agro-écologie").endswith(" | 'agroecologie')")
    assert "('agro' <-> 'ecologie')" in tsquery("agroécologie")
    assert "'agroecologie'" in tsquery("agro écologie")


@pytest.mark.parametrize(
    ("search", "two"),
    [
        ("rétroingénierie", "('retro' <-> 'ingenierie')"),
        ("volleyball", "('volley' <-> 'ball')"),
        ("plateforme", "('plate' <-> 'forme')"),
    ],
)
def test_a_word_in_one_piece_is_searched_as_two(search: str, two: str) -> None:
    assert two in tsquery(search)


def test_a_small_word_is_no_half_of_another() -> None:
    assert "'contre' <->" not in tsquery("contremaître")
    assert "<->" not in tsquery("forage")


def test_each_word_is_found_by_itself_or_in_one_piece_with_its_neighbour() -> None:
    first, second, third = tsquery("volley ball féminin").split(" & ")
    assert (first.count("'volleyball'"), second.count("'volleyball'")) == (1, 1)
    assert (second.count("'ballfeminin'"), third.count("'ballfeminin'")) == (1, 1)
    assert "volleyball" not in third
    assert "'agroecologie'" in tsquery("l’agro écologie")


@pytest.mark.parametrize(
    "search", ["puits 2024", "puits pour école", "puits -école", '"le puits" école']
)
def test_small_words_numbers_and_phrases_are_not_joined(search: str) -> None:
    assert not {"puits2024", "puitspour", "poure"} & set(re.findall(r"\w+", tsquery(search)))
    assert ("puitsecole" in tsquery(search)) == (search == "puits pour école")


@given(search=st.text('aeiou rstp-’"é', max_size=40))
def test_any_search_is_a_query_with_balanced_brackets(search: str) -> None:
    query = tsquery(search)
    assert query.count("(") == query.count(")")
    assert query.count("'") % 2 == 0
    assert not re.search(r"[&|] *[&|)]|\( *[&|]|\(\)", query)


def test_a_quoted_phrase_is_searched_as_a_phrase_and_a_word_after_a_minus_is_excluded() -> None:
    assert tsquery("« accès à l’eau »") == "('acces' <-> 'a' <-> 'l' <-> 'eau')"
    assert tsquery("oasis -école") == f"{tsquery('oasis')} & !('ecole')"


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


def test_a_query_keeps_the_known_forms_and_the_word_as_typed() -> None:
    assert tsquery("soudures", {"soudeur"}) == "('soudures' | 'soudeur')"
    assert tsquery("volleyball", {"volley", "ball"}) == "('volleyball' | ('volley' <-> 'ball'))"
    assert tsquery("volleyball", {"volley"}) == "('volleyball')"
    assert set(forms(tsquery("soudures", {"soudeur"}))) == {"soudures", "soudeur"}


@pytest.mark.parametrize(
    ("typed", "written"),
    [("son-vidéo", "'son'"), ("contre-exemple", "'contrexemple'"), ("entre-aide", "'entraide'")],
)
def test_small_words_and_elisions_of_compounds_are_searched(typed: str, written: str) -> None:
    assert written in tsquery(typed)
    assert "'sons'" not in tsquery(typed)


def test_french_words_are_known_without_their_accents() -> None:
    known = [word for word in ("maree", "oeuf", "pompiers", "rythmiique") if is_french(word)]
    assert known == ["maree", "oeuf", "pompiers"]
