"""The words of the board of incidents agree with what they count."""

import pytest

from explor.journey.incidents.pages.board import pressing_words


@pytest.mark.parametrize(
    ("opened", "pressing", "words"),
    [
        (2, 0, ""),
        (1, 1, "grave ou urgent"),
        (2, 1, "dont 1 grave ou urgent"),
        (2, 2, "dont 2 graves ou urgents"),
    ],
)
def test_the_home_says_how_many_of_the_open_incidents_press(
    opened: int, pressing: int, words: str
) -> None:
    assert pressing_words(opened, pressing) == words
