"""Amounts as people write them; an ambiguous amount always gets a remark."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explor.engines.french.amounts import Unit, read_amount, shown, unit_of


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("12 000", "12000", None),
        ("12 000,50", "12000.5", None),
        ("12\u202f000\xa0€", "12000", "EUR"),
        ("12000 €", "12000", "EUR"),
        ("1.051.137 €", "1051137", "EUR"),
        ("1,051,137.50", "1051137.5", None),
        ("12'000", "12000", None),
        ("12’000.-", "12000", None),
        ("12,5 k€", "12500", "EUR"),
        ("1,2 M€", "1200000", "EUR"),
        ("2 millions d'euros", "2000000", "EUR"),
        ("150 mille euros", "150000", "EUR"),
        ("XOF 50 000", "50000", "XOF"),
        ("3 000 000 Ariary", "3000000", "MGA"),
        ("12 MAD", "12", "MAD"),
        ("5 000 USD", "5000", "USD"),
        ("12 000 (€)", "12000", "EUR"),
        ("0.5", "0.5", None),
    ],
)
def test_an_unambiguous_amount_is_read_without_remark(text, value, currency):
    amount = read_amount(text, strict=True)
    assert (amount.value, amount.currency, amount.remarks) == (Decimal(value), currency, ())


@pytest.mark.parametrize(
    ("text", "value", "remark"),
    [
        ("12.345", "12345", "« 12.345 » compris comme 12\u202f345 : vérifiez"),
        ("1,234 M€", "1234000", "« 1,234 » compris comme 1\u202f234\u202f000 : vérifiez"),
        ("33333.33333333334", "33333.33", "arrondi au centime : 33\u202f333,33"),
        ("12.3450", "12.35", "arrondi au centime : 12,35"),
        ("environ 12 000 €", "12000", "« environ » non gardé"),
        ("12 000 € TTC", "12000", "« TTC » non gardé"),
        ("1,2E+06", "1200000", "« 1,2E+06 » : nombre abrégé par un tableur, vérifiez"),
        ("12 000 $", "12000", "« $ » compris comme USD : vérifiez"),
    ],
)
def test_an_ambiguous_amount_is_read_with_a_remark_and_refused_in_a_form(text, value, remark):
    amount = read_amount(text)
    assert (amount.value, amount.remarks) == (Decimal(value), (remark,))
    with pytest.raises(ValueError, match=r"vérifiez|non gardé|arrondi|deux façons|USD"):
        read_amount(text, strict=True)


@pytest.mark.parametrize(
    "text",
    ["entre 10 000 et 15 000 €", "10 000 - 15 000 €", "de 10 000 à 15 000 euros", "10-15 k€"],
)
def test_a_range_of_amounts_is_read_as_two_bounds(text):
    amount = read_amount(text)
    assert (amount.value, amount.upper, amount.currency) == (10_000, 15_000, "EUR")
    assert amount.remarks[-1].startswith("fourchette de 10\u202f000 à 15\u202f000")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1,234", "montant ambigu"),
        ("12 34", "montant ambigu"),
        ("1.2.3", "montant ambigu"),
        (".5", "montant incompris"),
        ("12,", "montant incompris"),
        ("-3 €", "négatif"),
        ("beaucoup", "montant incompris"),
        ("12 000 + 3 000", "montant incompris"),
        ("3 pommes", "monnaie inconnue : « pommes »"),
        ("50 000 FCFA", "franc CFA : précisez XOF"),
        ("5 000 dinars", "« dinars » : précisez le code"),
        ("1e30", "démesuré"),
        ("²", "montant incompris"),
        ("1" * 500, "montant incompris"),
    ],
)
def test_a_text_that_is_not_clearly_an_amount_is_refused_with_a_french_message(text, why):
    with pytest.raises(ValueError, match=why.replace("(", r"\(")):
        read_amount(text)


@pytest.mark.parametrize(
    ("country", "currency"),
    [("Sénégal", "XOF"), ("SN", "XOF"), ("Cote d'Ivoire", "XOF"), ("Tchad", "XAF"), ("cm", "XAF")],
)
def test_the_country_decides_between_the_two_francs_cfa(country, currency):
    assert read_amount("50 000 F CFA", countries=[country]).currency == currency


def test_an_amount_in_francs_cfa_is_refused_for_countries_of_two_currency_zones():
    with pytest.raises(ValueError, match="franc CFA"):
        read_amount("50 000 F CFA", countries=["Sénégal", "Tchad"])


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Budget (€)", Unit(currency="EUR")),
        ("Budget en k€", Unit(currency="EUR", factor=1000)),
        ("Budget (en milliers d'euros)", Unit(currency="EUR", factor=1000)),
        ("budget_eur", Unit(currency="EUR")),
        ("Montant [USD]", Unit(currency="USD")),
        ("Montant total", Unit()),
        ("Budget prévisionnel TTC", Unit()),
    ],
)
def test_the_heading_of_a_column_gives_the_currency_and_factor_of_its_amounts(heading, unit):
    assert unit_of(heading) == unit


def test_the_currency_of_a_cell_overrides_that_of_its_heading_with_a_remark():
    amount = read_amount("12 000 USD", unit=unit_of("Budget (k€)"))
    assert (amount.value, amount.currency) == (12_000, "USD")
    assert amount.remarks == ("USD dans la cellule, EUR dans l’en-tête : vérifiez",)


def test_a_heading_in_francs_cfa_without_country_asks_for_the_zone():
    with pytest.raises(ValueError, match="franc CFA"):
        read_amount("12 000", unit=unit_of("Budget (FCFA)"))
    assert read_amount("12 000", unit=unit_of("Budget (FCFA)", ("Mali",))).currency == "XOF"


@given(st.integers(0, 10**15 - 1))
def test_an_amount_written_by_explor_is_read_back_as_the_same_amount(cents):
    value = Decimal(cents) / 100
    assert read_amount(f"{shown(value)} €", strict=True).value == value


@given(st.text(max_size=30))
def test_any_text_is_read_as_an_amount_or_refused_with_a_french_message(text):
    try:
        assert read_amount(text).value >= 0
    except ValueError as fault:
        assert str(fault)
