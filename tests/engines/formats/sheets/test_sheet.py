"""The fields of a sheet: status, equality and refused values."""

from datetime import date

import pytest

from explor.engines.formats.sheets import (
    Goal,
    LeadOrganisation,
    Link,
    PartialDate,
    Sheet,
    Status,
    StructureType,
    status_on,
)

TODAY = date(2026, 11, 23)


def _year(year):
    return PartialDate(year=year)


@pytest.mark.parametrize(
    ("start", "end", "declared", "expected"),
    [
        (_year(2027), None, None, Status.UPCOMING),
        (_year(2027), _year(2028), Status.ONGOING, Status.UPCOMING),
        (_year(2025), _year(2027), None, Status.ONGOING),
        (_year(2025), _year(2026), Status.UPCOMING, Status.ONGOING),
        (_year(2019), _year(2020), None, Status.FINISHED),
        (_year(2019), _year(2020), Status.FINISHED, Status.FINISHED),
        (None, PartialDate(year=2026, month=10), Status.ONGOING, Status.FINISHED),
        (_year(2022), PartialDate(year=2024, month=12), Status.ONGOING, Status.TO_CONFIRM),
        (_year(2022), None, Status.ONGOING, Status.ONGOING),
        (_year(2022), None, Status.UPCOMING, Status.TO_CONFIRM),
        (_year(2022), None, None, Status.TO_CONFIRM),
        (None, _year(2030), Status.ONGOING, Status.ONGOING),
        (None, None, Status.UPCOMING, Status.UPCOMING),
        (None, None, None, None),
    ],
)
def test_the_status_of_a_project_depends_on_its_dates(start, end, declared, expected):
    assert status_on(TODAY, start=start, end=end, declared=declared) == expected


def test_a_project_is_under_way_on_its_last_day():
    end = PartialDate.from_date(TODAY)
    assert status_on(TODAY, start=_year(2025), end=end) == Status.ONGOING


def test_two_sheets_whose_texts_differ_only_in_spaces_and_blank_signs_are_equal():
    typed = Sheet(title="  Eau \n potable", zones=("Asie", "--", "Asie "), context="--")
    assert typed == Sheet(title="Eau potable", zones=("Asie",))


def test_a_budget_of_zero_is_not_listed_among_the_blank_fields():
    sheet = Sheet(title="Eau", lead_organisation=LeadOrganisation(name="RESACOOP"))
    assert sheet.blanks()[:3] == ("status", "start", "end")
    assert "title" not in sheet.blanks()
    assert "lead_organisation.address" in sheet.blanks()
    assert len(sheet.blanks()) == 24


def test_a_sustainable_goal_given_twice_keeps_its_first_weight_only():
    twice = (Goal(number=4, weight=2), Goal(number=6), Goal(number=4, weight=1))
    assert Sheet(goals=twice).goals == (Goal(number=4, weight=2), Goal(number=6))


def test_the_family_of_a_structure_type_is_converted_to_capitals():
    kind = StructureType(type="EPCI", family="État et collectivités")
    assert kind.family == "ÉTAT ET COLLECTIVITÉS"


def test_a_link_of_a_sheet_without_a_usable_url_keeps_its_label():
    assert Link(label="Tout savoir", url="#") == Link(label="Tout savoir")
    assert Link(label=" ", url="https://a.fr/x y").label == "https://a.fr/x%20y"


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Link(label="x", url="javascript:a"), "adresse refusée"),
        (lambda: Link(label="--", url="#"), "lien sans texte"),
        (lambda: Goal(number=18), "ODD inconnu"),
        (lambda: Goal(number=1, weight=3), "poids"),
        (lambda: StructureType(type=" "), "vide"),
    ],
)
def test_an_invalid_value_of_a_sheet_raises_an_error(build, message):
    with pytest.raises(ValueError, match=message):
        build()
