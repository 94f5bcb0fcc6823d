"""Dates and amounts of a project, written in words."""

from decimal import Decimal

import pytest

from explor.actors.projects.engine import amount_in_words, date_in_words


@pytest.mark.parametrize(
    ("stored", "words"),
    [("2027", "2027"), ("2027-03", "mars 2027"), ("2027-03-01", "1er mars 2027"), ("", "")],
)
def test_a_partial_date_is_written_in_words(stored: str, words: str) -> None:
    assert date_in_words(stored) == words


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [("12000.50", "EUR", "12 000,50 €"), ("12000", "XOF", "12 000 XOF"), (None, "EUR", "")],
)
def test_an_amount_is_written_with_its_currency(
    amount: str | None, currency: str, words: str
) -> None:
    assert amount_in_words(Decimal(amount) if amount else None, currency) == words
