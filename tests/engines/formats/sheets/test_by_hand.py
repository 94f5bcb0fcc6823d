"""Correction of the fields of a sheet by hand."""

import pytest
from engines.formats.strategies import sheets
from hypothesis import given, settings

from explor.engines.formats.sheets import (
    KINDS,
    Goal,
    LeadOrganisation,
    Link,
    PartialDate,
    Sheet,
    Status,
    StructureType,
    corrected,
    texts_of,
)

SHEET = Sheet(
    title="Un puits",
    status=Status.ONGOING,
    start=PartialDate(year=2024, month=3),
    countries=("Togo", "Congo, République du"),
    goals=(Goal(number=6, weight=2), Goal(number=3)),
    lead_organisation=LeadOrganisation(
        name="Les Amis", structure_types=(StructureType(type="Lycée", family="A"),)
    ),
    links=(Link(label="Le site", url="https://puits.example"),),
)


@settings(max_examples=80, deadline=None)
@given(sheets)
def test_correcting_a_sheet_with_unchanged_texts_gives_an_equal_sheet(sheet: Sheet) -> None:
    texts = {field: text.replace("\n", "\r\n") for field, text in texts_of(sheet).items()}
    assert corrected(sheet, texts) == (sheet, {})


def test_correcting_a_blank_sheet_with_the_texts_of_another_copies_that_other_sheet() -> None:
    texts = texts_of(SHEET)
    assert texts["countries"] == "Togo\nCongo, République du"
    assert corrected(Sheet(), texts) == (SHEET, {})


def test_a_corrected_text_of_a_sheet_is_parsed_and_an_emptied_text_blanks_its_field() -> None:
    texts = texts_of(SHEET) | {
        "start": "3 avril 2025",
        "budget": "12 000 €",
        "countries": "Bénin\r\n\r\nTogo",
        "lead_organisation.name": "",
        "goals": "",
        "status": "",
    }
    result, faults = corrected(SHEET, texts)
    assert faults == {}
    assert (str(result.start), str(result.budget)) == ("3 avril 2025", "12 000 €")
    assert (result.countries, result.lead_organisation.name) == (("Bénin", "Togo"), None)
    assert (result.goals, result.status, result.links) == ((), None, SHEET.links)
    assert result.lead_organisation.structure_types == SHEET.lead_organisation.structure_types


@pytest.mark.parametrize(
    ("field", "text", "fault"),
    [
        ("start", "bientôt", "date incomprise"),
        ("budget", "beaucoup", ""),
        ("goals", "42", "ODD inconnu"),
        ("links", "javascript:alert(1)", "pas un lien"),
    ],
)
def test_a_corrected_text_that_cannot_be_parsed_is_reported_and_changes_no_field(
    field: str, text: str, fault: str
) -> None:
    result, faults = corrected(SHEET, {field: text})
    assert result == SHEET
    assert list(faults) == [field] and fault in faults[field]


def test_every_field_of_a_sheet_has_an_editable_text() -> None:
    assert list(texts_of(Sheet())) == list(KINDS)
