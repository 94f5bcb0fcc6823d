"""The file of grants (données essentielles des conventions de subvention), line by line."""

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest

from explor.engines.formats.grants import Grant, grant_lines
from explor.engines.formats.grants._grants import COLUMNS, Nature, Payout

GRANT = Grant(
    giver="Région exemple",
    giver_siret="732 829 320 00074",
    signed=date(2026, 3, 1),
    beneficiary="Réseau exemple",
    beneficiary_siret="35600000000048",
    purpose="Des missions, courtes",
    amount=Decimal("22000.8"),
    natures=(Nature.MONEY, Nature.KIND),
    payout=Payout.STAGED,
    first_payment=date(2026, 4, 1),
    last_payment=date(2027, 4, 1),
    decision="Z1",
    share=Decimal("0.80"),
)


def _rows(*grants):
    return list(csv.reader(StringIO("".join(grant_lines(grants)), newline="")))


def test_the_columns_of_the_grants_file_are_those_of_the_regulation(shared):
    path = shared("data/subventions/exemple-format-reglementaire.csv")
    with path.open(encoding="utf-8", newline="") as file:
        assert tuple(next(csv.reader(file))) == COLUMNS


def test_a_grant_is_written_as_one_line_in_the_strict_format():
    assert _rows(GRANT)[1] == [
        "Région exemple",
        "73282932000074",
        "2026-03-01",
        "Z1",
        "Réseau exemple",
        "35600000000048",
        "Des missions, courtes",
        "22000.80",
        "aide en numéraire;aide en nature",
        "échelonné",
        "2026-04-01_2027-04-01",
        "",
        "non",
        "0.8",
    ]


def test_missing_payment_dates_are_blank_and_equal_dates_are_written_once():
    plain = replace(GRANT, first_payment=None, last_payment=None, share=Decimal(1))
    assert _rows(plain)[1][10] == ""
    assert _rows(plain)[1][13] == "1"
    assert _rows(replace(GRANT, last_payment=date(2026, 4, 1)))[1][10] == "2026-04-01"


def test_a_formula_in_a_grant_is_written_as_text():
    assert _rows(replace(GRANT, purpose="=HYPERLINK(1)"))[1][6] == "'=HYPERLINK(1)"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"purpose": " "}, "objet : à remplir"),
        ({"natures": ()}, "nature : à remplir"),
        ({"beneficiary_siret": "1"}, "idBeneficiaire : Un SIRET compte 14 chiffres"),
        ({"amount": Decimal(-1)}, "montant : un nombre positif est attendu"),
        ({"amount": Decimal("NaN")}, "montant : un nombre positif est attendu"),
        ({"share": Decimal(2)}, "pourcentageSubvention : entre 0 et 1"),
        ({"last_payment": date(2026, 1, 1)}, "datesPeriodeVersement : la fin précède le début"),
    ],
)
def test_a_grant_that_breaks_the_regulation_raises_an_error(change, fault):
    with pytest.raises(ValueError, match=r"^convention 2 : ") as refusal:
        _rows(GRANT, replace(GRANT, **change))
    assert str(refusal.value).removeprefix("convention 2 : ").startswith(fault)
