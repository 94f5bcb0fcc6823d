"""Amendments to the tables of the law: which cells may change, refusals, resulting verdicts."""

import re
from datetime import date
from typing import Any

import pytest

from explor.engines.leave import (
    EDITABLE,
    SOFTWARE,
    Amendment,
    Association,
    Employer,
    Mission,
    Person,
    SchemeVerdict,
    Tables,
    all_papers,
    amended,
    articles,
    ending_schemes,
    faults_of,
    key_of,
    quota,
    row_of,
    schemes,
    schemes_for,
    value_of,
    wording,
)

TODAY = date(2026, 11, 29)
MISSION = Mission(start=date(2027, 4, 5), end=date(2027, 4, 16))


def change(table: str, key: str, field: str, value: str, **given: Any) -> Amendment:
    about: dict[str, Any] = {"source": "Décret n° 2026-1", "read_on": TODAY, **given}
    return Amendment(table=table, key=key, field=field, value=value, **about)


def read(code: str, tables: Tables, mission: Mission = MISSION) -> SchemeVerdict:
    person = Person(status="employee", employed_since=date(2020, 1, 1))
    employer = Employer(kind="private", headcount=60)
    listed = Association(on_1996_list=True)
    verdicts = schemes_for(person, employer, listed, mission, date(2027, 1, 10), tables)
    return next(each for each in verdicts if each.code == code)


@pytest.mark.parametrize("table", EDITABLE)
def test_every_row_that_may_be_amended_has_a_unique_key_usable_in_a_url(table: str) -> None:
    keys = [key_of(table, row) for row in SOFTWARE.rows(table)]
    assert len(set(keys)) == len(keys)
    assert [key for key in keys if not key or set(key) & set(" /?#;")] == []


@pytest.mark.parametrize("table", EDITABLE)
def test_submitting_the_present_value_of_an_amendable_field_is_refused_only_as_unchanged(
    table: str,
) -> None:
    for row in SOFTWARE.rows(table):
        for name in EDITABLE[table]:
            same = change(table, key_of(table, row), name, row[name])
            assert faults_of(same, SOFTWARE, today=TODAY) == ["C’est déjà la valeur en vigueur."]


def test_a_verdict_uses_the_amended_tables_and_the_shipped_tables_do_not_change() -> None:
    own = amended(
        [
            change("schemes", "CSI", "answer_days", "20"),
            change("schemes", "CSI", "notice_days", "45"),
            change("thresholds", "csi_quota-50", "value", "3"),
            change("facts", "csi-payer", "text", "Personne : sans salaire."),
            change("laws", "CT-L3142-67", "title", "Droit au congé"),
        ]
    )
    after, before = read("CSI", own), read("CSI", SOFTWARE)
    assert (before.answer_days, after.answer_days) == (15, 20)
    assert (before.legal_by, after.legal_by) == (date(2027, 3, 6), date(2027, 2, 19))
    assert (quota(60), quota(60, own)) == (2, 3)
    assert any("au-delà de 3 personnes" in line for line in after.why)
    assert after.payer == "Personne : sans salaire."
    assert [each.title for each in after.articles if each.id == "CT-L3142-67"] == ["Droit au congé"]
    assert wording("CSI", None).payer == before.payer
    assert articles()["CT-L3142-67"].title != "Droit au congé"


def test_an_amended_row_has_the_source_and_the_day_of_its_latest_amendment() -> None:
    own = amended(
        [
            change("schemes", "MCF", "valid_to", "2028-12-27", read_on=date(2026, 11, 3)),
            change("schemes", "MCF", "longest_months", "24", source="Loi n° 2026-2"),
        ]
    )
    (scheme,) = [each for each in schemes(own) if each.code == "MCF"]
    assert (scheme.valid_to, scheme.longest_months) == (date(2028, 12, 27), 24)
    assert (scheme.source, scheme.read_on) == ("Loi n° 2026-2", TODAY)


def test_postponing_the_legal_end_of_a_scheme_removes_the_warning_about_it() -> None:
    own = amended(
        [
            change("schemes", "MCF", "doubtful_to", ""),
            change("schemes", "MCF", "valid_to", "2030-12-27"),
        ]
    )
    on = date(2027, 6, 1)
    assert [each.code for each in ending_schemes(on)] == ["MCF"]
    assert ending_schemes(on, own) == ()


def test_the_urgent_terms_of_a_scheme_and_a_clause_can_be_amended() -> None:
    own = amended([change("urgent", "CSI", "answer_hours", "36")])
    assert next(each for each in schemes(own) if each.code == "CSI").urgent.answer_hours == 36
    row = SOFTWARE.rows("clauses")[0]
    own = amended([change("clauses", key_of("clauses", row), "title", "Qui s’engage")])
    titles = {clause.title for paper in all_papers(own) for clause in paper.clauses}
    assert "Qui s’engage" in titles


def test_an_amendment_of_a_row_that_no_longer_exists_is_ignored() -> None:
    gone = change("facts", "a-row-removed", "text", "Autre.")
    assert amended([gone]) is SOFTWARE


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (("schemes", "CSI", "label", "Autre"), "Cette valeur n’existe pas"),
        (("schemes", "XXX", "answer_days", "3"), "Cette valeur n’existe pas"),
        (("territories", "GP", "label", "x"), "Cette valeur n’existe pas"),
        (("schemes", "CSI", "answer_days", "quinze"), "écrivez un nombre entier de jours"),
        (("schemes", "CSI", "answer_days", "0"), "de 1 à 366"),
        (("schemes", "MCF", "valid_to", "27/12/2028"), "écrivez un jour, comme"),
        (("schemes", "MCF", "valid_to", "2022-01-01"), "ne se suivent pas"),
        (("schemes", "MCF", "valid_to", ""), "ne se suivent pas"),
        (("schemes", "CSI", "silence_is_consent", "peut-être"), "oui ou non"),
        (("schemes", "CSI", "answer_days", ""), "s’il y a un délai"),
        (("thresholds", "csi_seniority", "value", ""), "une valeur est nécessaire"),
        (("thresholds", "csi_quota-50", "value", "9"), "Les paliers ne montent plus"),
        (("laws", "CT-L3142-67", "legal_id", "LEGI1"), "puis douze chiffres"),
        (("facts", "csi-payer", "text", "Une ligne.\nDeux."), "un seul paragraphe"),
        (("clauses", "loan_agreement.parties", "text", "Sans champ."), r"Gardez \[employeur\]"),
        (("facts", "csi-payer", "text", "[inconnu] paie."), "n’est pas un champ connu"),
    ],
)
def test_an_invalid_value_of_a_law_amendment_is_refused_with_a_reason(
    given: tuple[str, ...], fault: str
) -> None:
    faults = faults_of(change(*given), SOFTWARE, today=TODAY)
    assert [each for each in faults if re.search(fault, each)]


def test_an_amendment_without_source_or_read_in_the_future_is_refused() -> None:
    wrong = change("schemes", "CSI", "answer_days", "20", source=" ", read_on=date(2027, 1, 1))
    assert faults_of(wrong, SOFTWARE, today=TODAY) == [
        "Donnez la source : une adresse ou un texte.",
        "Le jour de lecture est à venir.",
    ]


def test_the_function_value_of_reads_the_given_tables_and_returns_none_for_a_fixed_cell() -> None:
    own = amended([change("schemes", "CSI", "answer_days", "20")])
    assert value_of("schemes", "CSI", "answer_days", own) == "20"
    assert value_of("schemes", "CSI", "code") is None
    assert row_of("unknown", "CSI") is None


def test_a_legal_end_after_the_doubtful_end_is_refused_until_the_doubtful_end_is_changed() -> None:
    later = change("schemes", "MCF", "valid_to", "2029-12-27")
    assert faults_of(later, SOFTWARE, today=TODAY) == [
        "Changez ou effacez d’abord l’autre lecture du dernier jour, désormais passée."
    ]
    cleared = amended([change("schemes", "MCF", "doubtful_to", "")])
    assert faults_of(later, cleared, today=TODAY) == []
