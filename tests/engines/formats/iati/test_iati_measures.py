"""Measured results in the text of a sheet, written as IATI indicators and read back unchanged."""

from datetime import UTC, datetime

import pytest
from engines.formats.iati.samples import reading
from lxml import etree

from explor.engines.formats import PartialDate
from explor.engines.formats.iati import (
    Activity,
    Party,
    Publisher,
    Role,
    Stage,
    Theme,
    activities_xml,
    check_iati,
    read_activities,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PUBLISHER = Publisher(ref="FR-RCS-732829320", name="Réseau exemple")
WATER = "### De l’eau\n\n- Puits : au départ 2 (2020) ; 2021-2022, cible 10, réalisé 8"


def written(results):
    activity = Activity(
        number="P7",
        title="Des puits",
        stage=Stage.UNDER_WAY,
        countries=("SN",),
        themes=(Theme(code="EAU", label="Eau, assainissement", dac="14030"),),
        parties=(Party(name="Réseau exemple", role=Role.ACCOUNTABLE),),
        description="Un.",
        start=PartialDate(year=2026, month=3),
        results=(results,),
    )
    return activities_xml([activity], publisher=PUBLISHER, now=NOW)


def results_of(results):
    return etree.fromstring(written(results)).findall(".//result")


def test_a_target_and_a_measured_value_are_written_as_an_indicator_valid_in_the_schema(shared):
    [result] = results_of(WATER)
    indicator = result.find("indicator")
    assert result.findtext("title/narrative") == "De l’eau"
    assert indicator.findtext("title/narrative") == "Puits"
    assert indicator.get("measure") == "1"
    assert indicator.find("baseline").attrib == {"value": "2", "year": "2020"}
    period = indicator.find("period")
    assert [(each.tag, *each.attrib.values()) for each in period] == [
        ("period-start", "2021-01-01"),
        ("period-end", "2022-12-31"),
        ("target", "10"),
        ("actual", "8"),
    ]
    check = check_iati(written(WATER), today=NOW.date(), schemas=shared("data/iati/iati-2.03"))
    assert (check.findings, check.schema) == ((), True)


@pytest.mark.parametrize(
    "text",
    [
        WATER,
        "### A\n\nUn.\n\nDeux.\n\n- B (en %) : 2021, réalisé 12.5\n- C : 2022, cible 3",
        "### A\n\n- B : du 1er mai 2020 au 31 juillet 2020, cible 7 (femmes, 9 ans), réalisé 5 (g)",
        f"{WATER}\n\n### Un texte\n\nSans mesure : 2021, cible 10",
        "### A : b\n\n- C : d : 2021, cible 10 ; 2022, cible 12, réalisé 14",
        "Du texte d’abord.\n\n### A\n\n- B : 2021, cible 10",
    ],
)
def test_measured_results_are_read_back_unchanged(text):
    [read] = read_activities(written(text))
    assert read.sheet.results == text


@pytest.mark.parametrize(
    "line",
    [
        "- Puits : cible 10, réalisé 8",
        "- Puits : 2021, cible dix",
        "- Puits : 2021, cible 10 environ",
        "- Puits : au départ 2 ; 2021, cible 10",
        "- Puits : 2021",
        "- Puits : 0000, cible 10",
        "- Puits : de mai à juin 2020, cible 10",
        "- Puits : du 31 juillet 2020 au 1er mai 2020, cible 10",
        "- Puits : du 31 juillet 2020 au 45 mai 2021, cible 10",
    ],
)
def test_a_result_line_without_clear_period_and_number_is_written_as_a_description(line):
    [result] = results_of(f"### Eau\n\n{line}")
    assert [each.get("measure") for each in result.findall("indicator")] == ["5"]
    assert result.find("indicator/period") is None
    assert line[2:] in result.findtext("description/narrative")


def test_a_target_with_a_dimension_is_read_then_written_with_its_period_and_comment():
    inside = (
        '<result type="1"><title><narrative>Aide</narrative></title><indicator measure="1">'
        '<title><narrative>Personnes</narrative></title><baseline year="2019" value="0"/><period>'
        '<period-start iso-date="2020-05-01"/><period-end iso-date="2020-07-31"/>'
        '<target value="2000"><dimension name="sexe" value="hommes"/></target>'
        '<actual value="155"/></period></indicator></result>'
    )
    [result] = results_of(reading(inside).sheet.results)
    assert result.xpath("indicator/period/*/@value | indicator/period/*/@iso-date") == [
        "2020-05-01",
        "2020-07-31",
        "2000",
        "155",
    ]
    assert result.findtext("indicator/period/target/comment/narrative") == "hommes"
