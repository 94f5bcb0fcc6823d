"""Sheets written as JSON and read back equal."""

import json

import pytest
from engines.formats.strategies import sheets
from hypothesis import HealthCheck, given, settings

from explor.engines.formats import Goal, Money, PartialDate, Sheet, UnreadableSheet, read_bytes
from explor.engines.formats.sheets import sheet_from_json, sheet_to_json
from explor.engines.formats.sheets._json import read_json, write_json


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheets)
def test_every_sheet_written_as_json_is_read_as_an_equal_sheet(sheet):
    assert read_json(write_json(sheet).encode()) == sheet


def test_the_official_example_sheet_written_as_json_is_read_as_an_equal_sheet(shared):
    sheet = read_bytes(shared("inputs/fiche-explor.md").read_bytes()).sheet
    assert read_json(write_json(sheet).encode()) == sheet


def test_the_json_of_a_sheet_omits_blank_fields_and_keeps_a_budget_of_zero():
    sheet = Sheet(budget=Money.parse("0 €"), start=PartialDate(year=2022, month=12))
    assert sheet_to_json(sheet) == {
        "start": "2022-12",
        "budget": {"amount": "0.00", "currency": "EUR"},
    }
    assert sheet_to_json(Sheet()) == {}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "« fiche » : un objet JSON est attendu."),
        ({"titre": "x"}, "« fiche » : clé inconnue « titre »."),
        ({"lead_organisation": {"x": 1}}, "« lead_organisation » : clé inconnue « x »."),
        ({"title": 3}, "« title » : un texte est attendu"),
        ({"zones": "Asie"}, "« zones » : une liste est attendue"),
        ({"zones": [3]}, "« zones » : un texte est attendu"),
        ({"goals": [{"number": True}]}, "« goals » : un nombre entier est attendu"),
        ({"goals": [{"number": 18}]}, "« goals » : ODD inconnu : 18 (de 1 à 17)"),
        ({"links": [{"label": "x", "url": "javascript:a"}]}, "« links » : adresse refusée"),
        ({"status": "fini"}, "« status » : "),
        ({"start": "hier"}, "« start » : date incomprise"),
        ({"budget": {"amount": "x"}}, "« budget » : "),
        ({"budget": {"amount": "1e999999"}}, "« budget » : montant négatif ou démesuré"),
        ({"budget": 3}, "« budget » : "),
        (
            {"lead_organisation": {"structure_types": [{"type": " "}]}},
            "« lead_organisation.structure_types » : ",
        ),
    ],
)
def test_a_faulty_value_in_json_is_refused_with_the_name_of_its_key(data, message):
    with pytest.raises(UnreadableSheet) as refusal:
        sheet_from_json(data)
    assert str(refusal.value).startswith(message)


@pytest.mark.parametrize("data", [b"{", b"[" * 100_000, b"\xff\xfe{}", b"", b"{}" * 1_000_000])
def test_a_sheet_in_invalid_json_is_refused(data):
    with pytest.raises(UnreadableSheet):
        read_json(data)


def test_sustainable_goals_of_a_sheet_keep_their_weight_in_json():
    sheet = Sheet(goals=(Goal(number=4, weight=2), Goal(number=6)))
    assert json.loads(write_json(sheet)) == {"goals": [{"number": 4, "weight": 2}, {"number": 6}]}
