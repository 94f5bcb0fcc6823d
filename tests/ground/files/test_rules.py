"""Seal codes (alphabet, groups, normalisation) and the verdict on an uploaded file."""

import pytest

from explor.ground.files.models import Seal
from explor.ground.files.rules import ALPHABET, Verdict, grouped, normalised, verdict_of


def test_the_alphabet_of_seal_codes_has_no_characters_that_look_alike():
    assert sorted(set(ALPHABET)) == list(ALPHABET)
    assert set(ALPHABET) & set("01ILOU") == set()
    assert len(ALPHABET) == 30


def test_a_seal_code_is_displayed_in_groups_of_four_characters():
    assert grouped("ABCDEFGHJKMN") == "ABCD-EFGH-JKMN"


@pytest.mark.parametrize(
    "typed",
    [
        "ABCDEFGHJKMN",
        "abcd-efgh-jkmn",
        " abcd efgh\tjkmn ",
        "ABCD–EFGH—JKMN",
        "ABCD\u2011EFGH\u00a0JKMN",
        "abcd.efgh.jkmn",
    ],
)
def test_a_typed_seal_code_is_normalised_whatever_its_case_spaces_and_dashes(typed):
    assert normalised(typed) == "ABCDEFGHJKMN"


@pytest.mark.parametrize(
    ("recorded", "intact", "verdict"),
    [
        (True, None, Verdict.ISSUED),
        (False, False, Verdict.ALTERED),
        (False, True, Verdict.UNRECORDED),
        (False, None, Verdict.UNKNOWN),
    ],
)
def test_the_verdict_on_an_uploaded_file_comes_from_the_register_then_from_its_signature(
    recorded, intact, verdict
):
    assert verdict_of(Seal() if recorded else None, intact=intact) == verdict
