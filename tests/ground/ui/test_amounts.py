"""Counts, amounts of money and file sizes are formatted in French, in every unit."""

from decimal import Decimal

import pytest
from django.utils import translation

from explor.ground.ui.amounts import counted, euros, file_size


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 profil"), (1, "1 profil"), (2, "2 profils"), (1350, "1\xa0350 profils")],
)
def test_french_words_are_plural_from_two_on(count: int, text: str) -> None:
    assert counted(count, "profil") == text


def test_french_words_may_be_given_an_irregular_plural() -> None:
    sent = [counted(count, "proposition envoyée", "propositions envoyées") for count in (1, 3)]
    assert sent == ["1 proposition envoyée", "3 propositions envoyées"]


@pytest.mark.parametrize(
    ("amount", "text"),
    [("350", "350,00 €"), ("1350.5", "1\xa0350,50 €"), ("0", "0,00 €")],
)
def test_a_french_amount_is_written_with_a_comma_and_two_decimals(amount: str, text: str) -> None:
    assert euros(Decimal(amount)) == text


@pytest.mark.parametrize(
    ("amount", "text"), [("3000.00", "3\xa0000 €"), ("0.40", "0,40 €"), ("0", "0 €")]
)
def test_a_short_amount_omits_the_decimals_when_there_are_no_cents(amount: str, text: str) -> None:
    assert euros(Decimal(amount), short=True) == text


def test_an_amount_is_formatted_in_the_language_of_a_partner() -> None:
    with translation.override("en"):
        assert euros(Decimal("1350.5")) == "1,350.50 €"


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0\xa0octet"),
        (900, "900\xa0octets"),
        (2048, "2,0\xa0Ko"),
        (84_074_496_819, "78,3\xa0Go"),
    ],
)
def test_a_file_size_is_written_in_octets(size: int, text: str) -> None:
    assert file_size(size) == text
