"""Amounts of an IATI activity: one becomes the budget, the others are counted with their sums."""

from decimal import Decimal

import pytest
from engines.formats.iati.samples import notes, reading

from explor.engines.formats import Money


def budget(amount, year=2024, **attributes):
    values = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return (
        f'<budget status="2"{values}><period-start iso-date="{year}-01-01"/>'
        f'<period-end iso-date="{year}-12-31"/><value>{amount}</value></budget>'
    )


def payment(code, amount, currency="EUR"):
    return (
        f'<transaction><transaction-type code="{code}"/>'
        f'<value currency="{currency}">{amount}</value></transaction>'
    )


def planned(amount):
    return f"<planned-disbursement><value>{amount}</value></planned-disbursement>"


def test_commitments_in_several_currencies_do_not_become_the_budget():
    assert notes(reading(payment(2, 5) + payment(2, 7, "USD"))) == [
        "Engagements en plusieurs monnaies (5 EUR + 7 USD) : non repris.",
        "Pas de budget dans le fichier.",
    ]


def test_an_amount_finer_than_the_cent_is_rounded_and_reported():
    read = reading(budget("512232.5743715564"))
    assert read.sheet.budget == Money(amount=Decimal("512232.57"))
    assert notes(read) == ["Budget arrondi au centime (512232.5743715564 dans le fichier)."]


def test_planned_disbursements_beside_a_budget_are_reported_with_their_sum():
    read = reading(budget(100) + planned(30) + planned("20.5"))
    assert notes(read) == ["Non repris : 2 versements prévus (50,50 EUR)."]


def test_replaced_budgets_are_reported_with_their_sum():
    read = reading(budget(100, type="1") + budget(120, type="2"))
    assert notes(read) == [
        "Non repris : 1 budget d’origine (100 EUR, remplacé par le budget révisé)."
    ]


def test_each_kind_of_transaction_is_reported_with_its_own_sum():
    codes = (5, 6, 7, 8, 9, 10, 12, 13, "R", "LR", 99, "")
    read = reading(budget(1) + "".join(payment(code, 10) for code in codes))
    assert notes(read) == [
        "Non repris : 1 paiement d’intérêts (10 EUR).",
        "Non repris : 2 remboursements de prêt (20 EUR).",
        "Non repris : 2 remboursements (20 EUR).",
        "Non repris : 1 prise de participation (10 EUR).",
        "Non repris : 1 cession de participation (10 EUR).",
        "Non repris : 1 garantie de crédit (10 EUR).",
        "Non repris : 1 promesse faite (10 EUR).",
        "Non repris : 1 promesse reçue (10 EUR).",
        "Non repris : 2 autres transactions (20 EUR).",
    ]


def test_a_transaction_without_an_amount_is_reported():
    inside = '<transaction><transaction-type code="3"/></transaction>'
    assert notes(reading(budget(1) + inside)) == ["Non repris : 1 montant absent (transaction)."]


def test_an_unreadable_amount_is_reported_once_with_its_number_of_occurrences():
    read = reading(budget(1) + payment(3, "N/A") + payment(4, "N/A"))
    assert notes(read) == ["Montant de transaction incompris : « N/A » (2 fois)."]


def test_budgets_of_zero_are_replaced_by_the_amounts_that_the_activity_has():
    """Publishers fill the years without a budget with zeros: the project is not without money."""
    read = reading(budget(0) + budget(0, 2025) + planned(30) + payment(3, 5))
    assert read.sheet.budget == Money(amount=Decimal(30))
    assert notes(read) == [
        "Budget nul dans le fichier : le montant est celui des versements prévus.",
        "Non repris : 1 versement (5 EUR).",
    ]
    spent = reading(budget(0) + payment(4, 5))
    assert spent.sheet.budget is None
    assert notes(spent)[0] == "Budget nul dans le fichier."


def test_a_budget_of_zero_without_any_other_amount_stays_zero():
    read = reading(budget(0) + payment(2, 0))
    assert (read.sheet.budget, notes(read)) == (
        Money(amount=Decimal(0)),
        ["Non repris : 1 engagement (0 EUR)."],
    )


def test_a_currency_in_small_letters_is_read():
    assert reading(budget(5), 'default-currency=" usd "').sheet.budget == Money(
        amount=Decimal(5), currency="USD"
    )


def yearly(kind, year, amount):
    return (
        f'<budget type="{kind}" status="2"><period-start>{year}</period-start>'
        f"<period-end>{year}</period-end><value>{amount}</value></budget>"
    )


def test_a_period_given_as_a_year_in_the_text_replaces_only_the_budget_of_that_year():
    read = reading(yearly(1, 2005, 40) + yearly(1, 2006, 50) + yearly(2, 2005, 45))
    assert read.sheet.budget == Money(amount=Decimal(95))
    assert notes(read) == [
        "Non repris : 1 budget d’origine (40 EUR, remplacé par le budget révisé)."
    ]


def test_a_period_whose_days_lack_a_zero_is_read():
    inside = "".join(
        f'<budget status="2"><period-start iso-date="{start}"/><period-end iso-date="{end}"/>'
        f"<value>{amount}</value></budget>"
        for start, end, amount in (("2010-9-1", "2011-8-31", 10), ("2011-9-1", "2012-8-31", 20))
    )
    assert reading(inside).sheet.budget == Money(amount=Decimal(30))


def test_budgets_without_a_beginning_are_reported_as_such_and_not_as_overlapping():
    inside = "".join(
        f'<budget><period-end iso-date="{end}"/><value>{amount}</value></budget>'
        for end, amount in (("2006-03-31", 10), ("2006-09-30", 20))
    )
    read = reading(inside)
    assert read.sheet.budget is None
    assert notes(read) == [
        "Des budgets ont une période incomplète (10 EUR ; 20 EUR) : aucun n’est repris."
    ]


def test_a_budget_of_the_first_draft_of_the_standard_is_read():
    inside = (
        '<budget-planned type="annual"><period-start>2009-01-01</period-start>'
        "<period-end>2009-12-31</period-end><value>74700</value></budget-planned>"
    )
    read = reading(inside)
    assert read.sheet.budget == Money(amount=Decimal(74700))
    assert notes(read) == ["Budget indicatif, sans engagement."]


@pytest.mark.parametrize(
    "transaction",
    [
        '<transaction flow="outgoing" type="expenditure"><value>9</value></transaction>',
        "<transaction><transaction-type>Expenditure</transaction-type><value>9</value>"
        "</transaction>",
    ],
)
def test_a_transaction_whose_type_is_a_word_is_reported_with_its_kind(transaction):
    assert notes(reading(budget(1) + transaction)) == ["Non repris : 1 dépense (9 EUR)."]


def test_amounts_without_a_currency_are_reported_as_such():
    inside = payment(2, 5, "") + payment(3, 7, "")
    assert notes(reading(inside, attributes="")) == [
        "Engagements non repris (5 sans monnaie) : le fichier ne dit pas la monnaie.",
        "Pas de budget dans le fichier.",
        "Non repris : 1 versement (7 sans monnaie).",
    ]
