"""Numbers in a URL are read without raising an error."""

import pytest

from explor.ground.http.bounds import LARGEST_ID, number_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("0", 0),
        ("٣", 3),
        (str(LARGEST_ID), LARGEST_ID),
        (str(LARGEST_ID + 1), None),
        ("9" * 5000, None),
        ("²", None),
        ("-1", None),
        ("1.5", None),
        ("", None),
        ("\x00", None),
    ],
)
def test_a_url_parameter_is_read_as_a_number_or_none(text: str, number: int | None) -> None:
    assert number_of(text) == number
