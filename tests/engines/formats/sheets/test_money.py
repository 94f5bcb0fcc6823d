"""Amounts of money written in words and figures: read, or refused when ambiguous."""

import json
from decimal import Decimal

import pytest
from engines.formats.strategies import budgets
from hypothesis import given

from explor.engines.formats.sheets import Money


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("199.293 €", "199293", "EUR"),
        ("1.051.137 €", "1051137", "EUR"),
        ("1 234,50 €", "1234.5", "EUR"),
        ("1\u202f234,50\xa0€", "1234.5", "EUR"),
        ("1,234.50 USD", "1234.5", "USD"),
        ("24000.50 EUR", "24000.5", "EUR"),
        ("150 k€", "150000", "EUR"),
        ("1,5 M€", "1500000", "EUR"),
        ("2 millions d'euros", "2000000", "EUR"),
        ("12 000 MAD", "12000", "MAD"),
        ("0 €", "0", "EUR"),
    ],
)
def test_usual_ways_of_writing_an_amount_are_read(text, amount, currency):
    assert Money.parse(text) == Money(amount=Decimal(amount), currency=currency)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("beaucoup", "montant incompris"),
        ("12 000", "monnaie absente"),
        ("1,234 €", "montant ambigu"),
        ("45 000 FCFA", "franc CFA"),
        ("-3 €", "montant incompris"),
        ("3 pommes", "monnaie inconnue"),
        ("9" * 20 + " €", "démesuré"),
        ("1" * 500 + " €", "montant incompris"),
    ],
)
def test_an_ambiguous_amount_is_refused(text, why):
    with pytest.raises(ValueError, match=why):
        Money.parse(text)


def test_an_amount_with_a_fraction_of_a_cent_is_refused():
    with pytest.raises(ValueError, match="centime"):
        Money(amount=Decimal("1.005"))


@given(budgets)
def test_an_amount_written_as_text_parses_to_the_same_amount(money):
    assert Money.parse(str(money)) == money


def test_published_budgets_parse_to_the_published_amounts(shared):
    lines = shared("inputs/fiches-a.jsonl").read_text().splitlines()
    sheets = [sheet for sheet in map(json.loads, lines) if sheet.get("budget_brut")]
    assert len(sheets) == 10
    assert [Money.parse(s["budget_brut"]) for s in sheets] == [
        Money(amount=Decimal(s["budget"]), currency=s["devise"]) for s in sheets
    ]
