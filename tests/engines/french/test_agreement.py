"""The directory, the list of skills and the matching agree on what one word is."""

import pytest

from explor.engines.french.families import singular, variants
from explor.engines.french.words import SMALL
from explor.engines.matching.text._words import stem
from explor.ground.reference.selectors import fold, other_names, terms

PAIRS = (
    ("infirmier", "infirmiere"),
    ("directeur", "directrice"),
    ("formateur", "formatrice"),
    ("soudeur", "soudeuse"),
    ("technicien", "technicienne"),
    ("charge", "chargee"),
)


@pytest.mark.parametrize(("masculine", "feminine"), PAIRS)
def test_both_genders_are_one_word_for_the_matching_and_one_family_for_the_directory(
    masculine: str, feminine: str
) -> None:
    assert stem(masculine, "fr") == stem(feminine, "fr")
    assert feminine in variants(masculine)
    assert masculine in variants(feminine)


def test_the_number_that_the_list_of_skills_ignores_is_in_the_family_of_the_directory() -> None:
    names = [name for each in terms("skills").values() for name in each.names[1:]]
    for word in {word for name in names for word in fold(name).split() if word not in SMALL}:
        assert singular(word) in variants(word)


def test_a_skill_named_in_the_plural_has_the_same_other_names() -> None:
    one_word = [t.label for t in terms("skills").values() if fold(t.label).isalpha()]
    for label in one_word:
        if len(label) > 3 and not label.endswith(("s", "x", "z")):
            assert other_names("skills", f"{label}s") == other_names("skills", label)
