"""Identifiers of organisations: SIREN, SIRET and RNA numbers, valid or refused with the reason."""

import csv

import pytest

from explor.engines.formats.grants import check_rna, check_siren, check_siret
from explor.engines.formats.grants._identifiers import BadIdentifier, is_old_rna

CHECKS = {"RNA": check_rna, "SIREN": check_siren, "SIRET": check_siret}


def _verdict(kind, value):
    try:
        return "valide" if CHECKS[kind](value) else "vide"
    except BadIdentifier:
        return "invalide"


def test_published_identifiers_are_accepted_or_refused_as_expected(shared):
    with shared("inputs/identifiants-a.csv").open(encoding="utf-8") as file:
        rows = [
            (row["type"].split()[0], row["valeur"], row["attendu"].split()[0])
            for row in csv.DictReader(file)
        ]
    rows = [
        ("SIRET", v.removeprefix("FR-SIRET-"), e) if k == "IATI" else (k, v, e) for k, v, e in rows
    ]
    assert len(rows) == 22
    assert [(k, v, _verdict(k, v)) for k, v, _ in rows] == rows


@pytest.mark.parametrize(
    ("check", "typed", "kept"),
    [
        (check_siren, " 732 829 320 ", "732829320"),
        (check_siret, "732 829 320 00074", "73282932000074"),
        (check_siret, "732.829.320.00074", "73282932000074"),
        (check_siret, "35600000000048", "35600000000048"),
        (check_rna, "W69 1234567", "W691234567"),
        (check_rna, "W2A1234567", "W2A1234567"),
        (check_rna, "W9R1234567", "W9R1234567"),
    ],
)
def test_a_valid_registration_number_is_returned_without_spaces(check, typed, kept):
    assert check(typed) == kept


@pytest.mark.parametrize(
    ("check", "typed", "message"),
    [
        (check_siren, "73282932", "Un SIREN compte 9 chiffres ; vous en donnez 8."),
        (check_siren, "73282932A", "Un SIREN ne compte que des chiffres."),
        (check_siren, "٧٣٢٨٢٩٣٢٠", "Un SIREN ne compte que des chiffres."),
        (check_siren, "", "Un SIREN compte 9 chiffres ; vous en donnez 0."),
        (
            check_siret,
            "73282932000075",
            "Ce SIRET n’existe pas : sa clé est fausse. Vérifiez chaque chiffre.",
        ),
        (
            check_siret,
            "35600000049838",
            "Ce SIRET n’existe pas : sa clé est fausse. Vérifiez chaque chiffre.",
        ),
        (check_siren, "000000000", "Ce SIREN n’existe pas : il ne compte que des zéros."),
    ],
)
def test_a_wrong_siren_or_siret_is_refused_with_the_reason(check, typed, message):
    with pytest.raises(BadIdentifier) as refusal:
        check(typed)
    assert str(refusal.value) == message


@pytest.mark.parametrize(
    "typed", ["w691234567", "W2C1234567", "W69123456", "6912345678", "W٦٩1234567"]
)
def test_a_wrong_rna_association_number_is_refused(typed):
    with pytest.raises(BadIdentifier, match=r"^Un numéro RNA s’écrit W"):
        check_rna(typed)


def test_an_rna_number_from_before_2009_is_recognised():
    assert check_rna("691P0691001234") == "691P0691001234"
    assert is_old_rna("691P0691001234") is True
    assert is_old_rna("W691234567") is False
