"""Published IATI identifiers never change, and each keeps the current status of its activity."""

from typing import Any

import pytest
from lxml import etree

from explor.ground.reference.selectors import terms
from explor.journey.sheets import actions as directory
from explor.public.open_data.pages.activities import _themes
from factories import officer_actor

from .test_files import sheet, signed_mission, written

pytestmark = pytest.mark.django_db
PREFIX = "XI-EXPLOR-EXEMPLE-EXPLOR-"


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.EXPLOR_IATI_REF = "XI-EXPLOR-EXEMPLE"


def statuses() -> dict[str, str]:
    """Return the status of each activity of the file by the end of its identifier."""
    tree = etree.fromstring(written("iati.xml")[0])
    return {
        each.findtext("iati-identifier").removeprefix(PREFIX): each.find("activity-status").get(
            "code"
        )
        for each in tree
    }


def test_a_project_keeps_its_iati_identifier_when_its_missions_are_published() -> None:
    mission, row = signed_mission()
    assert set(statuses()) == {"PROGRAMME", f"P{row.pk}", f"M{mission.pk}"}


def test_a_cancelled_mission_stays_in_the_iati_file_as_cancelled() -> None:
    mission, _ = signed_mission()
    mission.state, mission.cause = "cancelled", "ZONE"
    mission.save()
    assert statuses()[f"M{mission.pk}"] == "5"


def test_a_withdrawn_sheet_keeps_its_iati_identifiers_but_none_of_its_texts() -> None:
    sheet(title="Une autre fiche")
    mission, row = signed_mission()
    before = set(statuses())
    directory.withdraw(row, by=officer_actor(mission.network), reason="Demande du partenaire")
    assert set(statuses()) == before
    data = written("iati.xml")[0].decode()
    assert row.title not in data and mission.need.title not in data
    assert data.count("Fiche retirée") >= 2


@pytest.mark.parametrize(
    ("sectors", "skills", "codes"),
    [
        (["EDUC"], ["formation-professionnelle"], ["11330"]),
        (["EDUC"], [], ["11110"]),
        (["MAT"], ["fret-douane"], ["43010"]),
        (["INFO", "SOCIAL"], ["formation-professionnelle"], ["99820", "16015"]),
        (["ECO"], ["tourisme-solidaire"], ["33210"]),
    ],
)
def test_an_iati_sector_is_written_with_the_code_of_the_requested_skill(
    sectors: Any, skills: Any, codes: Any
) -> None:
    assert [theme.dac for theme in _themes(sectors, skills)] == codes


def test_no_sector_about_equipment_or_information_is_written_as_an_emergency_in_iati() -> None:
    first = {code: term.extra["dac"].split()[0] for code, term in terms("sectors").items()}
    assert [code for code, dac in first.items() if dac.startswith("72")] == ["URG"]
