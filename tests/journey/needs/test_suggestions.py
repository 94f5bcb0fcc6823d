"""Suggestions of the builder: skills found in any spelling, and examples of sentences."""

import pytest

from explor.ground.reference.selectors import label, terms
from explor.journey.needs import pages
from explor.journey.needs.models import Need
from explor.journey.needs.pages import suggestions
from explor.journey.needs.rules import SCREENS


@pytest.mark.parametrize("typed", ["Agroécologie", "agroecologies", "AGROECOLOGIE", "agroéco"])
def test_a_skill_is_found_whatever_the_spelling_of_the_search(typed: str) -> None:
    assert suggestions.skills_like(typed)[0] == "agroecologie"


@pytest.mark.parametrize("typed", ["maraichages", "Maraîchage", "cultures potagères"])
def test_a_typed_skill_is_replaced_with_the_spelling_of_the_reference_list(typed: str) -> None:
    assert suggestions.skill_named(typed) == "Maraîchage"


def test_a_skill_that_is_not_in_the_reference_list_is_saved_as_typed() -> None:
    assert suggestions.skill_named("Réparer des vélos-cargos") == "Réparer des vélos-cargos"
    assert suggestions.skills_like("zzz") == []
    assert suggestions.skills_like("  ") == []


@pytest.mark.parametrize("code", list(terms("mission_types")))
def test_every_type_of_mission_has_examples_of_sentences(code: str) -> None:
    counts = {
        name: len(suggestions.examples_of(code, name))
        for name in ("objectives", "expected_results", "deliverables", "profile", "questions")
    }
    assert counts == {
        "objectives": 3,
        "expected_results": 3,
        "deliverables": 3,
        "profile": 1,
        "questions": 3,
    }
    assert terms("mission_types")[code].source.endswith("exemple")


def test_an_example_sentence_already_in_a_field_is_not_suggested(need: Need) -> None:
    first, *rest = suggestions.examples_of("FORMATION", "objectives")
    need.objectives = f"Bonjour.\n{first}"
    offers = suggestions.offers_of(need, SCREENS["attendus"])["objectives"]
    assert [offer.text for offer in offers] == rest
    assert [offer.code for offer in offers] == ["1", "2"]


def test_suggested_skills_come_from_the_search_or_else_from_the_sectors(need: Need) -> None:
    screen = SCREENS["competences"]
    near = suggestions.offers_of(need, screen)["skills"]
    assert {terms("skills")[offer.code].parent for offer in near} == {"EAU"}
    offers = suggestions.offers_of(need, screen, "apiculture")["skills"]
    assert [offer.text for offer in offers][:1] == [label("skills", "apiculture")]


def test_the_first_incomplete_screen_of_a_need_is_found_and_the_current_screen_is_marked(
    need: Need,
) -> None:
    assert pages.first_blank(need) == "probleme"
    need.days = None
    assert pages.first_blank(need) == "dates"
    assert [each["slug"] for each in pages.way_of(need, "dates") if each["present"]] == ["dates"]
